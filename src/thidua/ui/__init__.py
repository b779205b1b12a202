"""The look: base pages, components, tokens."""
