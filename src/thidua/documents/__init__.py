"""Reads and writes files; knows only the core."""
