"""Imports and exports: mapping, preview, staging, undo."""
