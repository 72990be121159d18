"""The demo's cohorts: one that has graduated, one that is being chosen. Everybody in them is invented.

Each part of `app.cohorts` has its half here, loaded in this order; a part reads what those before it
have put into `Cohorts`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from app.cohorts.applications.models import Application, Participant
from app.cohorts.call.models import Call
from app.demo.dated_history import DatedHistory
from app.demo.registry import Registry
from app.workstreams.models import Workstream


@dataclass
class Cohorts:
    """What has been loaded so far."""

    history: DatedHistory
    known: Registry
    first: Workstream
    second: Workstream
    calls: dict[str, Call] = field(default_factory=dict)  # by the cohort's slug
    applications: dict[str, list[Application]] = field(default_factory=dict)  # likewise
    participants: dict[str, list[Participant]] = field(default_factory=dict)  # likewise


Part = Callable[[Cohorts], None]


def load(history: DatedHistory, known: Registry) -> None:
    """Load both cohorts, into workstreams that are there already."""
    from app.demo.cohorts import (
        applicants,
        calls,
        figures,
        first_cohort,
        interviews,
        network,
        reviewing,
        second_cohort,
        sessions,
    )

    parts: tuple[Part, ...] = (
        calls.load,
        first_cohort.load,
        second_cohort.load,
        applicants.load,
        reviewing.load,
        interviews.load,
        sessions.load,
        network.load,
        figures.load,
    )
    cohorts = Cohorts(history, known, known.workstreams["cohort-1"], known.workstreams["cohort-2"])
    for part in parts:
        part(cohorts)
