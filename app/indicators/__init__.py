"""Indicators: a defined measure with its baseline and targets, and the dated values of it."""

from flask import Flask


def register(app: Flask) -> None:
    """Called once by `create_app`."""
