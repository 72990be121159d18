"""What other features add to the page "Your account".

    add_section(Section(10, "reminders/_account_section.html", provide))

`provide(user)` reads what the template needs and gives it as a dict. The template is a summary card
and has the dict's keys as its variables.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import render_template
from markupsafe import Markup

from app.accounts.models import User


@dataclass(frozen=True)
class Section:
    """A card on the page, below how one signs in; cards stand in `order`."""

    order: int
    template: str
    provide: Callable[[User], dict[str, Any]]


_SECTIONS: dict[str, Section] = {}


def add_section(section: Section) -> None:
    """Add a card to everybody's account page."""
    _SECTIONS[section.template] = section


def sections(user: User) -> list[Markup]:
    """The cards, rendered, in order."""
    ordered = sorted(_SECTIONS.values(), key=lambda section: (section.order, section.template))
    return [
        Markup(render_template(section.template, **section.provide(user)))  # noqa: S704 (a template's own output)
        for section in ordered
    ]
