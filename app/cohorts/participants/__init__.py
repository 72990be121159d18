"""Those enrolled: how far they have come, their project, how their time in the cohort ended."""

from flask import Flask


def register(app: Flask) -> None:
    """Called once, by `app.cohorts.register`."""
