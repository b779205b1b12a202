"""Pages of units, people, roles and clusters, one file per subject."""
