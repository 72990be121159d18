"""The call for applications: places, window, who can apply, what they are asked, how they are scored."""

from flask import Flask


def register(app: Flask) -> None:
    """Called once, by `app.cohorts.register`."""
