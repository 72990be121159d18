"""Cohort 1's twenty, 18 of whom graduated."""

from datetime import date

from app.cohorts.applications.models import Application, Entered, Outcome, Participant
from app.cohorts.applications.stages import Stage
from app.demo.cohorts import Cohorts
from app.demo.dated_history import at_work
from app.demo.facts.leaders import ENROLLED_ON, GRADUATED_ON, LEADERS
from app.extensions import db


def address(name: str) -> str:
    """An invented e-mail address for an invented name, at a domain that is nobody's (RFC 2606)."""
    return name.lower().replace(" ", ".").replace("’", "") + "@example.org"


def load(cohorts: Cohorts) -> None:
    """They were enrolled before Waymark: no application of theirs, and no move, was recorded."""
    coordinator = cohorts.known.person("coordinator")
    workstream = cohorts.first
    enrolled_at = at_work(ENROLLED_ON, "first cohort")
    cohorts.history.as_of(enrolled_at, coordinator)
    applications, participants = [], []
    for number, leader in enumerate(LEADERS):
        application = Application(
            workstream_id=workstream.id,
            reference=f"CL-C{number + 1:02}BXG",
            stage=Stage.ENROLLED,
            entered=Entered.IMPORTED,
            entered_by_id=coordinator,
            created_at=enrolled_at,
            submitted_at=enrolled_at,
            name=leader.name,
            email=address(leader.name),
            phone=f"07700 900{100 + number}",
            born_on=date(ENROLLED_ON.year - leader.age, 1 + number % 8, 1 + number),
            age=leader.age,
            area=leader.area,
        )
        applications.append(application)
        participants.append(
            Participant(
                application=application, workstream_id=workstream.id, enrolled_on=ENROLLED_ON
            )
        )
    db.session.add_all(applications)
    db.session.flush()
    db.session.add_all(participants)
    ends = sorted(
        zip(LEADERS, participants, strict=True),
        key=lambda pair: pair[0].left[0] if pair[0].left else GRADUATED_ON,
    )
    for leader, participant in ends:
        on, reason = leader.left or (GRADUATED_ON, "")
        cohorts.history.as_of(at_work(on, leader.name), coordinator)
        participant.outcome = Outcome.WITHDRAWN if leader.left else Outcome.GRADUATED
        participant.outcome_on, participant.outcome_reason = on, reason
        if leader.project:
            participant.project_title = leader.project
            participant.project_done_on = date(2021, 4, 23)
    db.session.flush()
    cohorts.applications[workstream.slug] = applications
    cohorts.participants[workstream.slug] = participants
