"""The demonstration: the facts of five board papers, with invented people."""

from flask import Flask


def register(app: Flask) -> None:
    """Called once by `create_app`."""
