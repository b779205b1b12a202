"""Reads of the law for pages, and cases put together from the registers."""
