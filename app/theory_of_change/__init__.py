"""Theory-of-change maps: what a programme does, what that should lead to, and why."""

from flask import Flask


def register(app: Flask) -> None:
    """Called once by `create_app`."""
