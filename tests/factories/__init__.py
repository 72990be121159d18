"""Factories, one module per feature."""
