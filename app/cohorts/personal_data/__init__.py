"""What is kept about members of the public, for how long; handing it over and erasing it."""

from flask import Flask


def register(app: Flask) -> None:
    """Called once, by `app.cohorts.register`."""
    from app.cohorts.personal_data import commands

    app.cli.add_command(commands.commands)
