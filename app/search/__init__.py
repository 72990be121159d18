"""Search over everything that you may see."""

from flask import Flask


def register(app: Flask) -> None:
    """Called once by `create_app`."""
    from app.core.searching import on_refresh
    from app.search import keeping
    from app.search.commands import commands
    from app.search.routes import bp

    on_refresh(keeping.refresh)  # importing it has also put its hook on every flush
    app.register_blueprint(bp)
    app.cli.add_command(commands)
