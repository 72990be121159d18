"""Who applied, how far they have come, and every move on the way."""

from flask import Flask


def register(app: Flask) -> None:
    """Called once, by `app.cohorts.register`."""
    from app.cohorts.applications.overview import register_panel

    register_panel()
