"""Everything that changes units, people, clusters and roles, one file per subject."""
