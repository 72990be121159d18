"""Reading applications and scoring them: who reads which, conflicts of interest, the ranking."""

from flask import Flask


def register(app: Flask) -> None:
    """Called once, by `app.cohorts.register`."""
