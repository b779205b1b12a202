"""Everything that changes a movement, one file per step of its life."""
