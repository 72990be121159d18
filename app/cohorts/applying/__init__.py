"""Applying, by members of the public without an account: what lets them in is a link sent to them."""

from flask import Flask


def register(app: Flask) -> None:
    """Called once, by `app.cohorts.register`."""
