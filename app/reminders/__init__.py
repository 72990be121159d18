"""The digest: what needs somebody, sent to them by e-mail as often as they want it."""

from flask import Flask


def register(app: Flask) -> None:
    """Called once by `create_app`."""
    from app.accounts.account_sections import Section, add_section
    from app.reminders import cli, queries, routes
    from app.reminders.models import Frequency
    from app.reminders.wording import WHEN

    app.register_blueprint(routes.bp)
    app.cli.add_command(cli.digest)
    add_section(
        Section(
            10,
            "reminders/_account_section.html",
            lambda user: {
                "frequency": queries.frequency_of(user),
                "when": WHEN,
                "off": Frequency.OFF,
            },
        )
    )
