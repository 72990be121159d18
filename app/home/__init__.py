"""What needs you: the front page, and the statements in the footer."""

from flask import Flask


def register(app: Flask) -> None:
    """Called once by `create_app`."""
    from app.home.routes import FlagKindConverter, bp

    app.url_map.converters["flag_kind"] = FlagKindConverter
    app.register_blueprint(bp)
