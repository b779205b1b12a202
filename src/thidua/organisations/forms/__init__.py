"""What people type about units, people, roles and clusters, one file per subject."""
