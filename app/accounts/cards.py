"""What other features add to the page of your account: a card with a sentence and a link.

add_card(Card(10, "Your calendar", "Open", "/calendar", words))
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Card:
    """Cards stand in `order`, after those about signing in. `words(user)` says how things are."""

    order: int
    title: str
    action: str
    path: str
    words: Callable[[Any], str]


_CARDS: dict[str, Card] = {}


def add_card(card: Card) -> None:
    """Add a card to everybody's account page."""
    _CARDS[card.path] = card


def cards() -> list[Card]:
    """All of them, in order."""
    return sorted(_CARDS.values(), key=lambda card: (card.order, card.title))
