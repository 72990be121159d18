"""Who could mentor whom: suggestions, explained in words. Pure; a person decides."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.cohorts.areas import Area
from app.cohorts.network.choices import Interest
from app.core.formatting import count

# What is shared counts more than where one lives; a district is crossed more easily than a gap.
_INTEREST, _AREA = 2, 1


@dataclass(frozen=True)
class Needs:
    """What is known of a participant."""

    interests: Sequence[str]  # values of Interest
    area: Area | None


@dataclass(frozen=True)
class Mentor:
    """What is known of a member who offers to mentor."""

    member_id: uuid.UUID
    name: str
    interests: Sequence[str]
    area: Area | None
    at_most: int
    mentees: int  # whom they mentor now

    @property
    def room(self) -> int:
        """How many more they would take on."""
        return max(0, self.at_most - self.mentees)


@dataclass(frozen=True)
class Suggestion:
    """A mentor for a participant, and why, in words."""

    mentor: Mentor
    score: int
    why: list[str]


def suggest(needs: Needs, mentors: Iterable[Mentor]) -> list[Suggestion]:
    """The mentors, the likeliest first: who has room before who has not, then what they share, then who
    has the most room, then by name."""
    found = [_look_at(needs, mentor) for mentor in mentors]
    return sorted(
        found,
        key=lambda s: (s.mentor.room == 0, -s.score, -s.mentor.room, s.mentor.name.casefold()),
    )


def _look_at(needs: Needs, mentor: Mentor) -> Suggestion:
    shared = [i for i in Interest if i.value in needs.interests and i.value in mentor.interests]
    same_area = needs.area is not None and needs.area.in_llr and needs.area is mentor.area
    why = []
    if shared:
        why.append("Shares: " + ", ".join(interest.label for interest in shared))
    if same_area and needs.area:
        why.append(f"Also in {needs.area.label}")
    if not why:
        why.append("Nothing in common that we know of")
    if not mentor.mentees:
        why.append(f"Mentors nobody yet, would take {mentor.at_most}")
    elif mentor.room:
        why.append(f"Mentors {mentor.mentees}, would take {mentor.room} more")
    else:
        why.append(f"Has as many as they wanted: {count(mentor.mentees, 'person', 'people')}")
    return Suggestion(mentor, _INTEREST * len(shared) + _AREA * same_area, why)
