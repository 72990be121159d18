"""Indicators: what is measured, and the values of it."""
