"""How people hear of a cohort: nominations, and those who want to hear of the next one."""

from flask import Flask


def register(app: Flask) -> None:
    """Called once, by `app.cohorts.register`."""
