"""What is kept, from when its time counts, and what is done at the end of it: one table."""

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from app.cohorts.personal_data import finding
from app.cohorts.personal_data.models import Action, Kept
from app.core.database import Base


@dataclass(frozen=True)
class Category:
    """One line of the table. `why` is told of each record, before the day that its time counts from;
    `because` says why it is kept this long and no longer."""

    kept: Kept
    label: str
    counted_from: str
    why: str
    because: str
    months: int
    action: Action
    actions: tuple[Action, ...]
    table_name: str
    find: finding.Finding

    @property
    def within(self) -> str:
        """Its label within a sentence."""
        return self.label[0].lower() + self.label[1:]

    @property
    def table(self) -> sa.Table:
        return Base.metadata.tables[self.table_name]


_ANONYMISE, _DELETE = Action.ANONYMISE, Action.DELETE
_EITHER = (_ANONYMISE, _DELETE)

_ALL = (
    Category(
        Kept.UNFINISHED,
        "Applications never sent",
        "when the call closed",
        "never sent; the call closed on",
        "Long enough to see who began, and to help them next time. No figure counts them.",
        3,
        _DELETE,
        _EITHER,
        "applications",
        finding.unfinished,
    ),
    Category(
        Kept.UNSUCCESSFUL,
        "Applications that ended without a place",
        "when they were turned down, declined or withdrew",
        "no place; decided on",
        "A year, so that a complaint or an appeal can be answered.",
        12,
        _ANONYMISE,
        (_ANONYMISE,),
        "applications",
        finding.unsuccessful,
    ),
    Category(
        Kept.UNDECIDED,
        "Applications that nobody decided on",
        "when the cohort started",
        "never decided; the cohort started on",
        "As long as for those who were turned down.",
        12,
        _ANONYMISE,
        (_ANONYMISE,),
        "applications",
        finding.undecided,
    ),
    Category(
        Kept.PARTICIPANTS,
        "Participants, once their time is over",
        "when they graduated, left or deferred",
        "took part; their time ended on",
        "Three years, so that certificates and references can still be given. Whoever is a member of the "
        "Leaders Network stays one.",
        36,
        _ANONYMISE,
        (_ANONYMISE,),
        "applications",
        finding.participants,
    ),
    Category(
        Kept.NETWORK,
        "Graduates who are not, or no longer, in the Leaders Network",
        "when they left, said no, or were invited",
        "not a member; so since",
        "A year, so that somebody who thinks again is welcomed back. Members stay as long as they like.",
        12,
        _ANONYMISE,
        (_ANONYMISE,),
        "network_members",
        finding.network,
    ),
    Category(
        Kept.NOMINATIONS,
        "Nominations",
        "when they were made",
        "nominated on",
        "As long as for an application. That an address was written to once is remembered, as a code "
        "that cannot be read back.",
        12,
        _ANONYMISE,
        _EITHER,
        "nominations",
        finding.nominations,
    ),
    Category(
        Kept.WAITING_ADDRESSES,
        "Addresses of those who want to hear of the next call",
        "when they were left",
        "left on",
        "Two years at most, as they are told: calls come about once a year.",
        24,
        _ANONYMISE,
        _EITHER,
        "waiting_addresses",
        finding.waiting_addresses,
    ),
    Category(
        Kept.LINKS,
        "Links to an application",
        "when they ran out",
        "ran out on",
        "They open nothing any more; a month is enough to explain one that did not work.",
        1,
        _DELETE,
        (_DELETE,),
        "apply_links",
        finding.links,
    ),
    Category(
        Kept.MAIL,
        "Mail that Waymark sent",
        "when it was written",
        "written on",
        "Long enough to see what somebody was told. Mail that still waits to be sent is not touched.",
        3,
        _DELETE,
        (_DELETE,),
        "outbox_messages",
        finding.mail,
    ),
)
CATEGORIES: Mapping[Kept, Category] = {category.kept: category for category in _ALL}
