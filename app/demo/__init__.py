"""The demonstration: the facts of five board papers, with invented people."""

from flask import Flask


def register(app: Flask) -> None:
    """Called once by `create_app`."""
    from app.demo.commands import demo
    from app.demo.guarding import register_guard

    app.cli.add_command(demo)
    register_guard(app)
