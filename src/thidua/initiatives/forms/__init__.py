"""Forms of initiatives and their councils."""
