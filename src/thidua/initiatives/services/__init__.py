"""Services of initiatives."""
