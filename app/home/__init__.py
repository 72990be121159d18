"""What needs you: the front page."""

from flask import Flask


def register(app: Flask) -> None:
    """Called once by `create_app`."""
