"""What the panel noted, who is asked to note it, and reminders the day before."""

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from app.cohorts.applications.stages import Stage
from app.cohorts.interviews import reminding
from app.cohorts.interviews.flags import NO_OUTCOME
from app.cohorts.interviews.models import Interview
from app.core import clock
from app.core.history import ChangeRecord
from app.extensions import db
from app.outbox.models import Message
from tests.cohorts.flagged import flagged
from tests.conftest import TODAY
from tests.factories.cohorts_interviews import InterviewFactory, InterviewSlotFactory


def text_of(response):
    return " ".join(response.get_data(as_text=True).split())


def mail():
    return list(db.session.scalars(sa.select(Message).order_by(Message.id)))


def held(cohort, days_ago, **about):
    """An interview that was so many days ago."""
    starts_at = datetime(2021, 6, 18, 10, tzinfo=clock.LONDON) - timedelta(days=days_ago)
    slot = InterviewSlotFactory(workstream_id=cohort.id, starts_at=starts_at)
    return InterviewFactory(workstream_id=cohort.id, slot_id=slot.id, **about)


class TestNoting:
    def test_notes_and_a_score_are_kept_as_somebodys(self, cohort, client):
        interview = held(cohort, 2)
        interview_id = interview.id
        url = f"{cohort.url}/applicants/{interview.application_id}/interview/outcome"
        data = {"version": str(interview.version), "notes": "Listens well", "score": "4"}
        client.sign_in(cohort.lead)
        assert client.get(url).status_code == 200
        assert client.post(url, data=data).status_code == 303
        interview = db.session.get(Interview, interview_id)
        assert (interview.notes, interview.score) == ("Listens well", 4)
        record = db.session.scalars(
            sa.select(ChangeRecord)
            .where(ChangeRecord.subject_id == interview_id)
            .order_by(ChangeRecord.id.desc())
        ).first()
        assert "Listens well" not in str(record.changes)
        data |= {"notes": "Mine"}
        answer = client.post(url, data=data)
        assert answer.status_code == 409
        assert "Listens well" in text_of(answer)
        assert "Mine" in text_of(answer)

    def test_somebody_interviewed_without_a_time_has_an_outcome_too(self, cohort, client):
        person = cohort.applied(Stage.INTERVIEW)
        url = f"{cohort.url}/applicants/{person.id}/interview/outcome"
        client.sign_in(cohort.lead)
        data = {"version": "0", "notes": "By telephone", "score": ""}
        assert client.post(url, data=data).status_code == 303
        assert client.post(url, data=data | {"notes": "Other"}).status_code == 409

    @pytest.mark.parametrize("wrong", [{"notes": " "}, {"score": "6"}, {"score": "x"}])
    def test_what_is_wrong_keeps_every_word(self, cohort, client, wrong):
        interview = held(cohort, 2)
        url = f"{cohort.url}/applicants/{interview.application_id}/interview/outcome"
        data = {"version": str(interview.version), "notes": "Listens well", "score": "4", **wrong}
        answer = client.sign_in(cohort.lead).post(url, data=data)
        assert answer.status_code == 422
        if "notes" not in wrong:
            assert "Listens well" in answer.text


class TestFlags:
    def flags(self, user):
        return flagged(user, TODAY, NO_OUTCOME)

    def test_a_week_later_without_an_outcome(self, cohort):
        interview = held(cohort, 7)
        held(cohort, 6)
        held(cohort, 9, notes="Good")
        (flag,) = self.flags(cohort.lead)
        assert flag.subject_id == interview.id
        assert interview.application.reference in flag.title
        assert interview.application.name not in flag.title + flag.why + flag.url
        assert flag.why == "It was on 11 June 2021 and nothing is noted yet."

    def test_only_those_who_choose_are_asked_and_only_while_nothing_is_decided(self, cohort):
        interview = held(cohort, 8)
        for role in ("contributor", "reader", "administrator", "stranger", "reviewer"):
            assert self.flags(getattr(cohort, role)) == [], role
        interview.application.stage = Stage.OFFERED
        db.session.flush()
        assert self.flags(cohort.lead) == []


class TestReminding:
    def in_hours(self, cohort, hours, **about):
        slot = InterviewSlotFactory(
            workstream_id=cohort.id,
            starts_at=datetime(2021, 6, 18, 9, tzinfo=clock.LONDON) + timedelta(hours=hours),
        )
        return InterviewFactory(workstream_id=cohort.id, slot_id=slot.id, **about)

    def test_the_day_before_once(self, cohort, app, monkeypatch):
        monkeypatch.setattr(clock, "moment", lambda: datetime(2021, 6, 18, 9, tzinfo=clock.LONDON))
        tomorrow = self.in_hours(cohort, 38).application.email
        self.in_hours(cohort, 39)  # midnight: the day after tomorrow
        self.in_hours(cohort, 0)  # has begun
        paper = cohort.applied(Stage.INTERVIEW, email=None)
        self.in_hours(cohort, 20, application_id=paper.id)
        left = cohort.applied(Stage.WITHDRAWN)
        self.in_hours(cohort, 20, application_id=left.id)
        db.session.commit()
        for said in ("Reminders written: 1. Failed: 0.\n", "Reminders written: 0. Failed: 0.\n"):
            assert app.test_cli_runner().invoke(args=["cohorts", "remind"]).output == said
        (message,) = mail()
        assert message.recipient == tomorrow
        assert "your interview is on 19 June 2021 at 11:00pm" in message.body
        assert "BEGIN:VEVENT" in message.calendar

    def test_what_goes_wrong_with_one_keeps_nobody_else_from_theirs(self, cohort, app, monkeypatch):
        moment = datetime(2021, 6, 18, 9, tzinfo=clock.LONDON)
        ids = [self.in_hours(cohort, 30 + n / 2).id for n in range(3)]
        db.session.commit()
        send = reminding.mail.remind

        def failing(interview):
            if interview.id == ids[1]:
                raise ValueError
            send(interview)

        monkeypatch.setattr(reminding.mail, "remind", failing)
        assert reminding.remind_due(moment) == (2, 1)
        monkeypatch.setattr(reminding.mail, "remind", send)
        assert reminding.remind_due(moment) == (1, 0)
        assert len(mail()) == 3
