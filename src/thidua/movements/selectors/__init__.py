"""Reads of movements across tables, one file per page family."""
