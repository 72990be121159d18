"""Who can be named as having told an applicant of the cohort: graduates who agreed to it.

The Leaders Network stands above this part and knows who agreed; it registers:

    sources.add_leaders(lambda call: [(application_id, name), …])
"""

import uuid
from collections.abc import Callable

from app.cohorts.call.models import Call

Leaders = Callable[[Call], list[tuple[uuid.UUID, str]]]
_LEADERS: list[Leaders] = []


def add_leaders(provide: Leaders) -> None:
    """Have `provide(call)` asked for (application id, name) of graduates who agreed to be named."""
    if provide not in _LEADERS:
        _LEADERS.append(provide)


def leaders(call: Call) -> list[tuple[uuid.UUID, str]]:
    """(application id, name) of those who can be named to this call's applicants, by name."""
    found = [leader for provide in _LEADERS for leader in provide(call)]
    return sorted(found, key=lambda leader: (leader[1].casefold(), leader[0]))
