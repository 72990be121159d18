"""Theory-of-change maps: what a programme does, what that should lead to, and why."""

from flask import Flask


def register(app: Flask) -> None:
    """Called once by `create_app`."""
    from app.theory_of_change.drawing import register_drawing
    from app.theory_of_change.files import register_files
    from app.theory_of_change.sharing import register_shares

    register_drawing(app)
    register_files(app)
    register_shares(app)
