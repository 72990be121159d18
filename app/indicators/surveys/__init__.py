"""A survey becomes measurements: which answers count is chosen, the rest is counted."""
