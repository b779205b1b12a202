"""Deadlines as documents set them: calendar and working days, relative, partial, recurring, awaited."""
