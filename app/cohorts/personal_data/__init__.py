"""What is kept about members of the public, for how long; handing it over and erasing it."""

from flask import Flask


def register(app: Flask) -> None:
    """Called once, by `app.cohorts.register`."""
    from app.cohorts.personal_data import retention_routes  # noqa: F401  (its routes)
    from app.cohorts.personal_data.commands import commands
    from app.cohorts.personal_data.routes import bp

    app.register_blueprint(bp)
    app.cli.add_command(commands)
