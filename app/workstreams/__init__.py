"""The tree of workstreams, roles on them, the portfolio."""

from flask import Flask


def register(app: Flask) -> None:
    """Called once by `create_app`."""
