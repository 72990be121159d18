"""How long things are kept: what is due and why, the periods, the run."""

from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa

from app.cohorts.applications.models import Answer, Application, ApplicationMove, Entered, Outcome
from app.cohorts.applications.stages import Mover, Stage
from app.cohorts.applying.models import ApplyLink
from app.cohorts.figures.counting import count_steps
from app.cohorts.inviting.models import Because, Nomination, WaitingAddress
from app.cohorts.personal_data import retention
from app.cohorts.personal_data.categories import CATEGORIES
from app.cohorts.personal_data.models import Action, Kept, RetentionRule, RetentionRun
from app.cohorts.personal_data.periods import is_over, months_before, over_on
from app.core import clock
from app.core.history import ChangeRecord
from app.extensions import db
from app.outbox.models import Message, MessageStatus
from tests.factories.accounts import UserFactory
from tests.factories.cohorts import (
    AnswerFactory,
    ApplicationFactory,
    CallFactory,
    ParticipantFactory,
    QuestionFactory,
)
from tests.factories.cohorts_inviting import NominationFactory
from tests.statements import statements

LIST = "/admin/retention"
# The tests' day is 18 June 2021.
YEAR_AGO, NEARLY = date(2020, 6, 18), date(2020, 6, 19)


def at(day):
    return datetime.combine(day, datetime.min.time(), clock.LONDON) + timedelta(hours=12)


def turned_down(on, **values):
    application = ApplicationFactory(stage=Stage.UNSUCCESSFUL, name="Zelda Quist", **values)
    db.session.add(
        ApplicationMove(
            application_id=application.id,
            before=Stage.SHORTLISTED,
            after=Stage.UNSUCCESSFUL,
            mover=Mover.RELEASE,
            on=on,
            why="Not this time",
        )
    )
    db.session.flush()
    return application


def due(kept):
    return retention.standing_of(CATEGORIES[kept])


# --- Periods ---


@pytest.mark.parametrize(
    ("since", "months", "on"),
    [
        (date(2020, 6, 18), 12, date(2021, 6, 18)),
        (date(2020, 2, 29), 12, date(2021, 3, 1)),
        (date(2021, 8, 31), 6, date(2022, 3, 1)),
        (date(2021, 1, 31), 1, date(2021, 3, 1)),
        (date(2021, 12, 1), 1, date(2022, 1, 1)),
    ],
)
def test_when_a_period_is_over(since, months, on):
    assert over_on(since, months) == on
    assert is_over(since, months, on)
    assert not is_over(since, months, on - timedelta(days=1))


def test_both_ways_of_counting_agree_on_every_day():
    for number in range(1500):
        since = date(2019, 1, 1) + timedelta(days=number)
        for months in (1, 6, 12):
            on = over_on(since, months)
            assert since <= months_before(on, months)
            assert since > months_before(on - timedelta(days=1), months)


# --- What is due ---


def test_turned_down_a_year_ago_is_due_and_a_day_later_is_not(app):
    turned_down(YEAR_AGO)
    turned_down(NEARLY)
    standing = due(Kept.UNSUCCESSFUL)
    assert (standing.due, standing.next_on) == (1, date(2021, 6, 19))
    (one,) = retention.due_of(standing, 1).rows
    assert one.words == ("No place; decided on 18 June 2020; 12 months are over since 18 June 2021")


def test_the_last_decision_counts(app):
    application = turned_down(YEAR_AGO)
    db.session.add(
        ApplicationMove(
            application_id=application.id,
            before=Stage.ELIGIBLE,
            after=Stage.UNSUCCESSFUL,
            mover=Mover.RELEASE,
            on=date(2021, 6, 1),
        )
    )
    db.session.flush()
    assert due(Kept.UNSUCCESSFUL).due == 0


def test_without_a_move_it_counts_from_when_it_was_sent(app):
    ApplicationFactory(stage=Stage.DECLINED, submitted_at=at(YEAR_AGO))
    ApplicationFactory(stage=Stage.DECLINED, submitted_at=at(NEARLY))
    assert due(Kept.UNSUCCESSFUL).due == 1


def test_a_draft_counts_from_the_end_of_the_call_or_of_its_own_time(app):
    closed = CallFactory(
        opens_at=at(date(2021, 1, 1)), closes_at=at(date(2021, 3, 18))
    ).workstream_id
    ApplicationFactory(workstream_id=closed, stage=Stage.DRAFT)
    ApplicationFactory(workstream_id=closed, stage=Stage.DRAFT, open_until=at(date(2021, 3, 20)))
    ApplicationFactory(stage=Stage.DRAFT)  # its call is open
    standing = due(Kept.UNFINISHED)
    assert (standing.due, standing.next_on) == (1, date(2021, 6, 20))


def test_what_was_never_decided_counts_from_the_start_of_the_cohort(app):
    application = ApplicationFactory(stage=Stage.WAITLISTED)
    application.workstream.starts_on = YEAR_AGO
    ApplicationFactory(stage=Stage.SUBMITTED)  # its cohort starts in September 2021
    assert due(Kept.UNDECIDED).due == 1


def test_participants_count_from_the_end_of_their_time(app):
    for on in (date(2018, 6, 18), date(2018, 6, 19)):
        ParticipantFactory(outcome=Outcome.GRADUATED, outcome_on=on)
    still_there = ParticipantFactory()
    assert due(Kept.PARTICIPANTS).due == 1
    still_there.application.workstream.starts_on = date(2017, 9, 4)
    still_there.application.workstream.ends_on = date(2018, 4, 30)
    assert due(Kept.PARTICIPANTS).due == 2


def test_nominations_addresses_links_and_mail(app):
    cohort = CallFactory().workstream_id
    NominationFactory(workstream_id=cohort, made_at=at(YEAR_AGO))
    db.session.add_all(
        [
            WaitingAddress(
                programme_id=cohort,
                workstream_id=cohort,
                because=Because.CLOSED,
                email="waits@example.org",
                asked_at=at(date(2019, 6, 18)),
                keep_until=date(2021, 6, 18),
            ),
            ApplyLink(
                workstream_id=cohort,
                email="link@example.org",
                token_hash="0" * 64,
                expires_at=at(date(2021, 5, 18)),
            ),
            Message(
                recipient="a@example.org",
                subject="Sent",
                body="Words",
                status=MessageStatus.SENT,
                created_at=at(date(2021, 3, 18)),
            ),
            Message(
                recipient="b@example.org",
                subject="Waits",
                body="Words",
                status=MessageStatus.WAITING,
                created_at=at(date(2021, 3, 18)),
            ),
        ]
    )
    db.session.flush()
    kinds = (Kept.NOMINATIONS, Kept.WAITING_ADDRESSES, Kept.LINKS, Kept.MAIL)
    assert [due(kept).due for kept in kinds] == [1, 1, 1, 1]
    retention.run()
    assert db.session.scalars(sa.select(Nomination)).one().email is None
    assert db.session.scalars(sa.select(WaitingAddress)).one().email is None
    assert db.session.scalars(sa.select(ApplyLink)).all() == []
    assert db.session.scalars(sa.select(Message.subject)).all() == ["Waits"]


# --- The run ---


def cohort_of(count):
    """Applications that were turned down long ago, with an answer each, and one who was not."""
    call = CallFactory()
    question = QuestionFactory(call=call)
    for number in range(count):
        gone = turned_down(YEAR_AGO, workstream_id=call.workstream_id, age=18 + number % 13)
        AnswerFactory(application=gone, question=question)
    ApplicationFactory(workstream_id=call.workstream_id, name="Kept Person")
    return call.workstream_id


def test_a_run_anonymises_what_is_due_and_nothing_else(app):
    cohort_of(3)
    assert retention.run() == {Kept.UNSUCCESSFUL: 3}
    names = db.session.scalars(sa.select(Application.name).order_by(Application.name)).all()
    assert names == ["", "", "", "Kept Person"]
    assert {tuple(a.value) for a in db.session.scalars(sa.select(Answer))} == {()}
    assert set(db.session.scalars(sa.select(ApplicationMove.why))) == {""}
    assert due(Kept.UNSUCCESSFUL).due == 0
    assert db.session.scalars(sa.select(RetentionRun)).one().gone == {"unsuccessful": 3}
    # Again: there is nothing left to do.
    assert retention.run() == {}


def test_the_figures_are_the_same_before_and_after(app):
    cohort = cohort_of(30)
    ParticipantFactory(
        application__workstream_id=cohort,
        application__entered=Entered.IMPORTED,
        outcome=Outcome.GRADUATED,
        outcome_on=date(2018, 4, 30),
    )
    before = sorted(map(repr, count_steps([cohort])))
    assert sum(retention.run().values()) == 31
    assert sorted(map(repr, count_steps([cohort]))) == before


def test_a_draft_is_deleted_with_all_that_is_of_it_and_its_history_is_emptied(app):
    call = CallFactory(opens_at=at(date(2021, 1, 1)), closes_at=at(date(2021, 3, 1)))
    draft = ApplicationFactory(
        workstream_id=call.workstream_id, stage=Stage.DRAFT, name="Zelda Quist"
    )
    AnswerFactory(application=draft, question=QuestionFactory(call=call))
    points_at_it = ApplicationFactory(source_leader_id=draft.id)
    db.session.flush()
    draft_id = draft.id
    assert retention.run() == {Kept.UNFINISHED: 1}
    assert db.session.get(Application, draft_id) is None
    assert db.session.scalars(sa.select(Answer)).all() == []
    assert db.session.get(Application, points_at_it.id).source_leader_id is None
    kept = db.session.scalars(sa.select(ChangeRecord).where(ChangeRecord.subject_id == draft_id))
    assert [record.personal for record in kept] == [None]


def test_mail_to_an_address_stays_while_another_record_bears_it(app):
    """Turned down last year, applying again now: what is said to them now is not lost."""
    turned_down(YEAR_AGO, email="again@example.org")
    ApplicationFactory(email="again@example.org")
    turned_down(YEAR_AGO, email="gone@example.org")
    for recipient in ("again@example.org", "gone@example.org"):
        db.session.add(Message(recipient=recipient, subject="Hello", body="Words"))
    retention.run()
    assert db.session.scalars(sa.select(Message.recipient)).all() == ["again@example.org"]


def test_a_run_asks_as_often_for_a_chunk_as_for_one(app, monkeypatch):
    """Bounded whatever there is: a chunk costs the same number of statements as a single record, and
    is committed before the next."""
    cohort_of(1)
    db.session.commit()
    with statements() as one:
        retention.run()
    cohort_of(25)
    db.session.commit()
    with statements() as many:
        retention.run()
    # (One more query finds that there is no further chunk.)
    assert len(many) <= len(one) + 1, "\n".join(s[:120].replace("\n", " ") for s in many)
    monkeypatch.setattr(retention, "AT_ONCE", 10)
    cohort_of(25)
    commits = []
    monkeypatch.setattr(db.session, "commit", lambda: commits.append(db.session.flush()))
    assert retention.run() == {Kept.UNSUCCESSFUL: 25}
    assert len(commits) == 3 + 1


def test_what_stops_a_run_half_way_leaves_whole_chunks(app, monkeypatch):
    monkeypatch.setattr(retention, "AT_ONCE", 2)
    cohort_of(5)
    db.session.commit()
    calls = []

    def fail_at_second(emails, names=()):
        calls.append(emails)
        if len(calls) == 2:
            raise RuntimeError("power cut")
        return 0

    monkeypatch.setattr(retention.erasing, "forget_mail", fail_at_second)
    with pytest.raises(RuntimeError):
        retention.run()
    db.session.rollback()
    assert due(Kept.UNSUCCESSFUL).due == 3
    assert retention.run() == {Kept.UNSUCCESSFUL: 3}


def test_the_command(app):
    application = turned_down(YEAR_AGO)
    db.session.commit()
    runner = app.test_cli_runner()
    told = runner.invoke(args=["retention", "run", "--dry-run"])
    assert application.reference in told.output
    assert "Applications that ended without a place" in told.output
    assert "anonymise" in told.output
    assert "12 months are over since 18 June 2021" in told.output
    assert "Nothing was changed. 1 record would go." in told.output
    assert "Zelda" not in told.output
    db.session.rollback()
    assert db.session.get(Application, application.id).name == "Zelda Quist"
    done = runner.invoke(args=["retention", "run"])
    assert done.output.endswith("Done: 1 record.\n")
    db.session.rollback()
    assert db.session.get(Application, application.id).name == ""
    assert "0 records would go" in runner.invoke(args=["retention", "run", "--dry-run"]).output


# --- The pages ---


@pytest.fixture
def officer(client):
    return client.sign_in(UserFactory(administrator=True))


def test_the_page_shows_what_is_due_and_what_is_next(officer):
    application = turned_down(YEAR_AGO)
    turned_down(date(2021, 6, 1))
    page = officer.get(LIST).text
    assert "It has not run yet" in page
    assert "1 June 2022" in page
    assert f'href="{LIST}/unsuccessful"' in page
    listed = officer.get(f"{LIST}/unsuccessful").text
    assert application.reference in listed
    assert "decided on 18 June 2020" in listed
    assert "Zelda" not in listed
    officer.get(LIST)
    retention.run()
    db.session.commit()
    page = officer.get(LIST).text
    assert "It last ran on 18 June 2021: applications that ended without a place, 1." in page
    assert "Nothing is due" in officer.get(f"{LIST}/unsuccessful").text


def test_a_long_list_is_paged(officer):
    for _ in range(retention.ON_A_PAGE + 1):
        turned_down(YEAR_AGO)
    assert "Showing 1 to 50 of 51 records" in officer.get(f"{LIST}/unsuccessful").text
    assert "Showing 51 to 51" in officer.get(f"{LIST}/unsuccessful?page=2").text
    assert "Showing 51 to 51" in officer.get(f"{LIST}/unsuccessful?page=9").text


def test_only_administrators_and_only_what_there_is(officer, client):
    assert officer.get(f"{LIST}/nonsense").status_code == 404
    other = client.application.test_client().sign_in(UserFactory())
    for url in (LIST, f"{LIST}/unsuccessful", f"{LIST}/unsuccessful/edit"):
        assert other.get(url).status_code == 403
    assert other.post(f"{LIST}/unsuccessful/edit", data={"months": 1}).status_code == 403


def test_a_period_is_changed_and_takes_effect(officer):
    turned_down(date(2021, 3, 1))
    url = f"{LIST}/unsuccessful/edit"
    data = {"version": 0, "months": "3", "action": "anonymise"}
    answer = officer.post(url, data=data)
    assert (answer.status_code, answer.location) == (303, LIST)
    rule = db.session.scalars(sa.select(RetentionRule)).one()
    assert (rule.category, rule.months, rule.action) == (Kept.UNSUCCESSFUL, 3, Action.ANONYMISE)
    assert due(Kept.UNSUCCESSFUL).due == 1
    assert "3 months from when they were turned down" in " ".join(officer.get(LIST).text.split())
    assert "Retention period" in officer.get("/admin/history").text


@pytest.mark.parametrize("months", ["", "0", "121", "many", "1.5"])
def test_a_period_that_makes_no_sense_is_refused_and_kept(officer, months):
    data = {"version": 0, "months": months, "action": "anonymise"}
    answer = officer.post(f"{LIST}/unsuccessful/edit", data=data)
    assert answer.status_code == 422
    assert "whole number" in answer.text
    assert f'value="{months}"' in answer.text or not months
    assert db.session.scalars(sa.select(RetentionRule)).all() == []


def test_what_is_counted_cannot_be_deleted(officer):
    data = {"version": 0, "months": "3", "action": "delete"}
    assert officer.post(f"{LIST}/unsuccessful/edit", data=data).status_code == 422
    assert officer.post(f"{LIST}/unfinished/edit", data=data).status_code == 303


def test_the_second_of_two_editors_sees_both(officer):
    """The first change of a period as well as a later one."""
    url = f"{LIST}/unsuccessful/edit"
    for version, months in ((0, 3), (1, 5)):
        first = {"version": version, "months": months, "action": "anonymise"}
        assert officer.post(url, data=first).status_code == 303
        answer = officer.post(url, data={**first, "months": 77})
        assert answer.status_code == 409
        assert "77" in answer.text
        assert f"<dd>{months}</dd>" in answer.text
    assert db.session.scalars(sa.select(RetentionRule.months)).all() == [5]


def test_with_htmx_it_goes_on_to_the_list(officer):
    data = {"version": 0, "months": "3", "action": "anonymise"}
    answer = officer.htmx("POST", f"{LIST}/unsuccessful/edit", data=data)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, LIST)
