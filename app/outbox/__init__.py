"""Mail, as rows written with their cause and sent afterwards."""

from flask import Flask


def register(app: Flask) -> None:
    """Called once by `create_app`."""
    from app.outbox import cli, routes

    app.register_blueprint(routes.bp)
    app.cli.add_command(cli.outbox)
