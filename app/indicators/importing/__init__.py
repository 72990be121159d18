"""A table of values becomes measurements: matched, previewed, then all or nothing."""
