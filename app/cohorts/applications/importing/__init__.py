"""A table of people becomes applications: matched, previewed, then all or nothing."""
