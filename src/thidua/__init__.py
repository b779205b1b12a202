"""Thi Đua: emulation movements, from the plan on paper to the award in hand."""

__version__ = "0.1.0"
