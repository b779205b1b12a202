"""Views of initiatives."""
