"""The Leaders Network: graduates who stay in touch, and the mentors among them."""

from flask import Flask


def register(app: Flask) -> None:
    """Called once, by `app.cohorts.register`."""
