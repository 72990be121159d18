"""The portfolio: every workstream that you may see, and whether it is on track."""

from flask import Flask


def register(app: Flask) -> None:
    """Called once by `create_app`."""
    from app.portfolio.routes import bp

    app.register_blueprint(bp)
