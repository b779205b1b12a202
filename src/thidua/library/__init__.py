"""Stored files, and the register of legal and administrative documents."""
