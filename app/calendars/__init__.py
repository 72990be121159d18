"""Each person's own dates as a calendar to subscribe to, by a private address."""

from flask import Flask


def register(app: Flask) -> None:
    """Called once by `create_app`."""
    from app.accounts.cards import Card, add_card
    from app.calendars.routes import bp, card_words

    app.register_blueprint(bp)
    add_card(Card(10, "Your calendar", "Open", "/calendar", card_words))
