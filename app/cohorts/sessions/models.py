"""Sessions, their facilitators and registers."""
