"""Evaluation notes: what was found, on what evidence, what it bears on, and what is done about it."""

from flask import Flask


def register(app: Flask) -> None:
    """Called once by `create_app`."""
