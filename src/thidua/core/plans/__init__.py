"""Reads the text of an emulation plan into its items, each with its place in the text."""
