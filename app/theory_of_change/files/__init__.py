"""A map as files: picture (SVG, PNG), tagged PDF, Word narrative, Excel. One reader, `map_file`, for all."""

from flask import Flask


def register_files(app: Flask) -> None:
    """Called by the feature's `register`."""
    from app.theory_of_change.files.routes import bp

    app.register_blueprint(bp)
