"""Somebody who applies: a browser without an account, and the links that they are sent."""

import re
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa
from werkzeug.test import TestResponse

from app.cohorts.applications.models import Answer, Application
from app.cohorts.applications.stages import Stage
from app.cohorts.applying import links
from app.cohorts.call.models import Call, Question
from app.cohorts.call.queries import conditions_of, questions_of
from app.core import clock
from app.extensions import db
from app.outbox.models import Message
from tests.client import LintingClient
from tests.factories.cohorts import AnswerFactory

EMAIL = "ana@example.org"


class Applicant:
    """Has a browser, a call and an address."""

    def __init__(self, client: LintingClient, call: Call, email: str = EMAIL) -> None:
        self.client, self.email = client, email
        self.call_id, self.workstream_id = call.id, call.workstream_id
        self.slug = call.workstream.slug
        self.apply = f"/apply/{self.slug}"
        self.own = f"{self.apply}/your-application"

    def link(self) -> str:
        """The path of a new link."""
        made = links.new_link(workstream_id=self.workstream_id, slug=self.slug, email=self.email)
        db.session.commit()
        return urlsplit(made).path

    def come(self) -> "Applicant":
        """Use a new link."""
        answer = self.client.post(self.link())
        assert answer.status_code == 303, answer.text
        return self

    def get(self, path: str = "") -> TestResponse:
        return self.client.get(self.own + path)

    def fingerprint(self, path: str) -> str:
        """What the page carries as it is opened now."""
        return re.search(r'name="version" value="(\w+)"', self.get(path).text)[1]

    def save(self, path: str, answer: Any, *, opened_at: str | None = None) -> TestResponse:
        """Open a page, unless it was opened before, and save it."""
        version = opened_at or self.fingerprint(path)
        return self.client.post(self.own + path, data={"version": version, "answer": answer})

    def send(self) -> TestResponse:
        return self.client.post(f"{self.own}/check")

    @property
    def application(self) -> Application | None:
        found = sa.select(Application).where(
            Application.workstream_id == self.workstream_id, Application.email == self.email
        )
        return db.session.scalar(found)

    def answer_to(self, question: Question) -> Answer | None:
        found = sa.select(Answer).where(
            Answer.question_id == question.id, Answer.application_id == self.application.id
        )
        return db.session.scalar(found)

    def mails(self) -> list[Message]:
        """What was sent to them, the oldest first."""
        mine = sa.select(Message).where(Message.recipient == self.email).order_by(Message.id)
        return list(db.session.scalars(mine))


def write_everything(applicant: Applicant) -> Application:
    """Fill an application in past its pages, so that it can be sent."""
    application = applicant.application
    call = db.session.get(Call, applicant.call_id)
    application.name, application.born_on, application.age = (
        "Ana Test",
        datetime(2000, 5, 1).date(),
        21,
    )
    application.area = "charnwood"
    application.eligibility = {str(c.id): c.wanted for c in conditions_of(call)}
    for question in questions_of(call):
        if question.required and applicant.answer_to(question) is None:
            AnswerFactory(application=application, question=question)
    db.session.commit()
    return application


def sent_before(applicant: Applicant) -> Application:
    """The same, sent as from its page."""
    application = write_everything(applicant)
    assert applicant.send().status_code == 303
    assert application.stage is Stage.SUBMITTED
    return application


def at(moment: datetime) -> Any:
    """What `clock.moment` is replaced with, to stop the clock."""
    return lambda: moment


def london(*when: int) -> datetime:
    """A time in London."""
    return datetime(*when, tzinfo=clock.LONDON)
