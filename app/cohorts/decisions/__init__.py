"""Decisions: prepared quietly, released together; offers, and who is next on the waiting list."""

from flask import Flask


def register(app: Flask) -> None:
    """Called once, by `app.cohorts.register`."""
