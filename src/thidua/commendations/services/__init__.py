"""What changes the installation's own additions to the law."""
