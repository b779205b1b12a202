"""Pages of movements, one file per step."""
