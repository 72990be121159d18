"""The coordinator's pages, once everybody who applied has been read and much is decided."""

import random
from collections.abc import Iterator
from datetime import timedelta
from itertools import cycle
from typing import Any

import sqlalchemy as sa

from bench import counts
from bench.applying.cohort import APPLICANTS, PLACE, Cohort
from bench.load import Target, latencies, p95, throughput
from bench.report import Row

MOST_QUERIES, MOST_MS, MOST_KB = 8, 50, 60
PAGES = (
    ("Applicants", APPLICANTS),
    ("Applicants, page 60", f"{APPLICANTS}?page=60"),
    ("Applicants, searched", f"{APPLICANTS}?q=number+42"),
    ("Board", f"{APPLICANTS}/board"),
    ("Reviews", f"{APPLICANTS}/reviews"),
    ("Ranking", f"{APPLICANTS}/reviews/ranking"),
    ("Decisions", f"{APPLICANTS}/decisions"),
    ("Decisions, prepared", f"{APPLICANTS}/decisions/prepared"),
    ("Numbers", f"{PLACE}/numbers"),
)


def rows(site: Cohort, engine: str) -> Iterator[Row]:
    """For each page: p95 at half of what the server can take, kilobytes and queries."""
    from app.extensions import db

    cookie = site.coordinator.cookie
    for name, path in PAGES:
        page = Target(site.port, path, cookie)
        throughput(page, 1.0)
        rate = max(1.0, throughput(page, 2.0))
        took = [one * 1000 for one in latencies(page, rate / 2, 6.0)]
        name = f"{engine}: {name}"
        words = f"p50 {sorted(took)[len(took) // 2]:.0f} ms, at {rate / 2:.0f} requests/s"
        yield Row(f"{name}, p95 ms", p95(took), MOST_MS, "at most", words)
        first, _ = counts.first_view(page)
        yield Row(f"{name}, KB with gzip", first.value, MOST_KB, "at most")
        asked = counts.queries(site.app, name, path, cookie)
        yield Row(asked.name, asked.value, MOST_QUERIES, "at most")
    with site.app.app_context():
        for engine_used in db.engines.values():
            engine_used.dispose()


def fill(site: Cohort) -> None:
    """Move most of those who applied on, with two reviews each, and prepare decisions."""
    from app.extensions import db

    chance = random.Random(2021)
    with site.app.app_context():
        _move_on(chance)
        _review(chance)
        _decide()
        db.session.commit()
        if db.engine.dialect.name == "postgresql":
            # As its own housekeeping does within a minute.
            db.session.execute(sa.text("ANALYZE"))
            db.session.commit()
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()


def _move_on(chance: random.Random) -> None:
    """Most are found eligible, and every third of these is shortlisted."""
    from app.cohorts.applications.models import Application, ApplicationMove
    from app.cohorts.applications.stages import Mover, Stage
    from app.core.database import new_id
    from app.extensions import db

    by_stage: dict[Stage, list[Any]] = {Stage.ELIGIBLE: [], Stage.SHORTLISTED: []}
    moves = []
    for id in db.session.scalars(
        sa.select(Application.id).where(Application.stage == Stage.SUBMITTED)
    ):
        drawn = chance.random()
        if drawn > 0.9:
            continue
        steps = [(Stage.SUBMITTED, Stage.ELIGIBLE)]
        if drawn < 0.3:
            steps.append((Stage.ELIGIBLE, Stage.SHORTLISTED))
        by_stage[steps[-1][1]].append(id)
        for before, after in steps:
            moved = {"before": before, "after": after, "mover": Mover.COORDINATOR}
            moves.append({"id": new_id(), "application_id": id, **moved})
    for stage, ids in by_stage.items():
        for at in range(0, len(ids), 500):
            some = Application.id.in_(ids[at : at + 500])
            db.session.execute(sa.update(Application).where(some).values(stage=stage))
    db.session.execute(sa.insert(ApplicationMove), moves)


def _review(chance: random.Random) -> None:
    """Two reviews for each; the last of the readers has still to do his."""
    from app.accounts.models import User
    from app.cohorts.applications.models import Application
    from app.cohorts.applications.stages import Stage
    from app.cohorts.call.models import Criterion
    from app.cohorts.reviewing.models import (
        Assignment,
        AssignmentState,
        Handout,
        How,
        Recommendation,
        Review,
        ReviewScore,
    )
    from app.core import clock
    from app.core.database import new_id
    from app.extensions import db

    criteria = db.session.scalars(sa.select(Criterion.id)).all()
    readers = db.session.scalars(sa.select(User.id).order_by(User.email).offset(1)).all()
    wanted = db.session.execute(
        sa.select(Application.id, Application.workstream_id)
        .where(Application.stage.in_((Stage.ELIGIBLE, Stage.SHORTLISTED)))
        .order_by(Application.id)
    ).all()
    handout = Handout(
        workstream_id=wanted[0].workstream_id,
        how=How.EVENLY,
        title="To all of them",
        applications=len(wanted),
    )
    db.session.add(handout)
    db.session.flush()
    assignments: list[dict[str, Any]] = []
    reviews: list[dict[str, Any]] = []
    scores: list[dict[str, Any]] = []
    turn = cycle(readers)
    for id, workstream_id in wanted:
        for reader in (next(turn), next(turn)):
            done = reader != readers[-1]
            state = AssignmentState.DONE if done else AssignmentState.TO_DO
            given = {"id": new_id(), "application_id": id, "reviewer_id": reader, "state": state}
            assignments.append({**given, "workstream_id": workstream_id, "handout_id": handout.id})
            if not done:
                continue
            review = {"id": new_id(), "application_id": id, "assignment_id": given["id"]}
            words = {
                "panel_comment": "Says what they would do, and where.",
                "applicant_feedback": "",
            }
            advice = chance.choice(list(Recommendation))
            stamp = {"recommendation": advice, "submitted_at": clock.now()}
            reviews.append({**review, **words, **stamp})
            scores += [
                {
                    "review_id": review["id"],
                    "criterion_id": criterion,
                    "score": chance.randint(1, 5),
                }
                for criterion in criteria
            ]
    db.session.execute(sa.insert(Assignment), assignments)
    db.session.execute(sa.insert(Review), reviews)
    db.session.execute(sa.insert(ReviewScore), scores)


def _decide() -> None:
    """For every shortlisted: 20 offers, 30 on the waiting list, the others unsuccessful; none released."""
    from app.cohorts.applications.models import Application
    from app.cohorts.applications.stages import Stage
    from app.cohorts.decisions.models import Decision, DecisionKind
    from app.core import clock
    from app.core.database import new_id
    from app.extensions import db

    decisions = []
    for number, (id, workstream_id) in enumerate(
        db.session.execute(
            sa.select(Application.id, Application.workstream_id)
            .where(Application.stage == Stage.SHORTLISTED)
            .order_by(Application.id)
        )
    ):
        kind = DecisionKind.UNSUCCESSFUL
        if number < 50:
            kind = DecisionKind.OFFER if number < 20 else DecisionKind.WAITING_LIST
        about = {"application_id": id, "workstream_id": workstream_id, "kind": kind}
        reply_by = clock.moment() + timedelta(days=7) if number < 20 else None
        rank = number - 19 if 20 <= number < 50 else None
        decisions.append({"id": new_id(), **about, "reply_by": reply_by, "rank": rank})
    if decisions:
        db.session.execute(sa.insert(Decision), decisions)
