"""A cohort in numbers: the way from applied to graduated, and equality monitoring in totals."""

from flask import Flask


def register(app: Flask) -> None:
    """Called once, by `app.cohorts.register`."""
