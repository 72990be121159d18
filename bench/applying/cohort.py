"""A cohort whose call is open, on a server of its own, by the real clock."""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bench.faults.site import ROOT, Person, Site

SLUG = "many-leaders"
APPLY = f"/apply/{SLUG}"
PLACE = f"/workstreams/{SLUG}"
APPLICANTS = f"{PLACE}/applicants"
REVIEWERS = 12
ESSAY, CHOICE = "What would you change where you live?", "Which evening suits you?"
EVENINGS = ["Monday", "Tuesday", "Wednesday", "Thursday"]


class Cohort(Site):
    """`people[0]` coordinates it. Applicants come through a proxy, each from an address of their own."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.environment |= {"WAYMARK_PROXIES": "1"}

    @property
    def coordinator(self) -> Person:
        return self.people[0]

    def _fill(self) -> None:
        from flask_migrate import upgrade

        from app.accounts.models import SignIn, User
        from app.cohorts.call.models import (
            Call,
            Criterion,
            EligibilityCondition,
            Question,
            QuestionKind,
        )
        from app.core import clock
        from app.extensions import db
        from app.workstreams.models import MemberRole, Membership, Workstream, WorkstreamKind

        csrf = self._csrf()
        with self.app.app_context():
            upgrade(directory=str(ROOT / "migrations"))
            today = clock.today()
            place = Workstream(
                name="Many Leaders",
                slug=SLUG,
                kind=WorkstreamKind.COHORT,
                starts_on=today + timedelta(days=40),
            )
            db.session.add(place)
            db.session.flush()
            call = Call(
                workstream_id=place.id,
                places=20,
                opens_at=clock.moment() - timedelta(days=1),
                closes_at=clock.moment() + timedelta(days=1),
                min_age=18,
                max_age=30,
            )
            db.session.add(call)
            db.session.flush()
            ours = {"workstream_id": place.id, "call_id": call.id}
            db.session.add_all(
                [
                    EligibilityCondition(**ours, text="Can you come on Saturdays?", reason="So."),
                    Question(**ours, kind=QuestionKind.LONG_TEXT, text=ESSAY, word_limit=300),
                    Question(
                        **ours,
                        kind=QuestionKind.ONE_CHOICE,
                        text=CHOICE,
                        options=EVENINGS,
                        position=1,
                    ),
                    *(
                        Criterion(**ours, name=name, weight=weight, position=weight)
                        for weight, name in enumerate(("Motivation", "Place", "Plan"), 1)
                    ),
                ]
            )
            for number in range(1 + REVIEWERS):
                user = User(name=f"Person {number}", email=f"person{number}@waymark.example")
                db.session.add(user)
                db.session.flush()
                role = MemberRole.REVIEWER if number else MemberRole.LEAD
                db.session.add(Membership(workstream_id=place.id, user_id=user.id, role=role))
                sign_in = SignIn(user_id=user.id)
                db.session.add(sign_in)
                db.session.flush()
                self.people.append(self._person(user, sign_in, csrf))
            db.session.commit()
            db.session.remove()
            for engine in db.engines.values():
                engine.dispose()

    def close_at(self, moment: datetime) -> None:
        """From now on the call closes then."""
        from app.cohorts.call.models import Call
        from app.extensions import db

        with self.app.app_context():
            db.session.execute(sa.update(Call).values(closes_at=moment))
            db.session.commit()
            db.session.remove()

    def links_in_mail(self) -> dict[str, str]:
        """The path of the newest link that each was sent, by address."""
        from app.extensions import db
        from app.outbox.models import Message

        found: dict[str, str] = {}
        with self.app.app_context():
            mails: Any = db.session.execute(
                sa.select(Message.recipient, Message.body).order_by(Message.id)
            )
            for recipient, body in mails:
                start = body.index(f"{APPLY}/link/")
                found[recipient] = body[start:].split()[0]
            db.session.remove()
        return found
