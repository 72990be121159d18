"""Each person's own dates as a calendar to subscribe to, by a private address."""

from flask import Flask


def register(app: Flask) -> None:
    """Called once by `create_app`."""
    from app.accounts.account_sections import Section, add_section
    from app.calendars.routes import bp, card_words
    from app.calendars.services import remove_all
    from app.operations.restored import Step, after_restore

    app.register_blueprint(bp)
    add_section(
        Section(20, "calendars/_account_section.html", lambda user: {"words": card_words(user)})
    )
    after_restore(Step("calendar addresses stop, and are made anew", remove_all))
