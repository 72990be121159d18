"""What the people who run Waymark need: metrics, backups, restoring."""

from flask import Flask


def register(app: Flask) -> None:
    """Called once by `create_app`."""
    from app.operations import commands, routes

    app.register_blueprint(routes.bp)
    app.cli.add_command(commands.backup)
    app.cli.add_command(commands.restore)
    if app.config["METRICS_TOKEN"]:
        from app.operations.metrics import register_metrics

        register_metrics(app)
