"""Initiatives of staff: submitted, appraised by an initiative council, recognised with a scope, used once."""
