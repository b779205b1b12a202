"""What the ``thidua`` command does, one file per command; each imports only what it needs."""
