"""People, organisations, and how they sign in."""

from flask import Flask


def register(app: Flask) -> None:
    """Called once by `create_app`."""
    from app.accounts.authentication import register_authentication
    from app.accounts.sessions import register_sessions

    register_authentication(app)
    register_sessions(app)
