"""What a People Zone adds to a workstream."""

from flask import Flask


def register(app: Flask) -> None:
    """Called once by `create_app`."""
