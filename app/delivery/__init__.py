"""Delivery plans: activities, milestones, progress updates."""

from flask import Flask


def register(app: Flask) -> None:
    """Called once by `create_app`."""
