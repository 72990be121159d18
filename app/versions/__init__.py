"""Versions of a plan, any two side by side, and what has changed since a day."""

from flask import Flask


def register(app: Flask) -> None:
    """Called once by `create_app`."""
    from app.versions.routes import bp, everywhere_bp

    app.register_blueprint(bp)
    app.register_blueprint(everywhere_bp)
