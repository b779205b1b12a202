"""Pages of imports and exports, one file per step."""
