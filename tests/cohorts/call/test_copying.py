"""A call begins as a copy of an earlier cohort's."""

from datetime import date

import pytest
import sqlalchemy as sa

from app.cohorts.call import copying
from app.cohorts.call.models import Call, Criterion, EligibilityCondition, Question, QuestionKind
from app.cohorts.call.queries import conditions_of, criteria_of, questions_of
from app.core.editing import EditConflict
from app.core.errors import Refused
from app.extensions import db
from app.workstreams.models import WorkstreamKind
from tests.client import new_id
from tests.cohorts.call.conftest import london
from tests.cohorts.call.test_call import text_of
from tests.factories.cohorts import (
    CallFactory,
    CriterionFactory,
    EligibilityConditionFactory,
    QuestionFactory,
)
from tests.factories.workstreams import MembershipFactory, WorkstreamFactory


def earlier_call(lead=None):
    """Cohort 1's call, with one of everything and something that was removed from it."""
    cohort = WorkstreamFactory(
        name="Cohort 1", kind=WorkstreamKind.COHORT, starts_on=date(2020, 9, 28)
    )
    if lead is not None:
        MembershipFactory(workstream_id=cohort.id, user=lead)
    call = CallFactory(
        workstream_id=cohort.id, places=12, min_age=16, attendance_wanted=70, blind=False
    )
    EligibilityConditionFactory(call=call, text="Can you come?", wanted=False, reason="We meet.")
    QuestionFactory(
        call=call,
        kind=QuestionKind.ONE_CHOICE,
        text="Which?",
        help="Choose",
        options=["A", "B"],
        required=False,
        hidden_from_reviewers=True,
    )
    QuestionFactory(call=call, text="Removed", archived_at=london(2020, 9, 1))
    CriterionFactory(call=call, name="Motivation", weight=4, guidance={"5": "Strong"})
    return call


def copy(client, source_id, **changes):
    data = {"id": new_id(), "source_id": str(source_id), **changes}
    return client.post("/workstreams/cohort-2/call/copy", data=data)


def copied_call():
    cohort = sa.select(Call).join(Call.workstream).where(Call.workstream.has(slug="cohort-2"))
    return db.session.scalars(cohort).one()


def test_everything_but_the_window_is_copied(cohort_without_call, client):
    source = earlier_call(cohort_without_call.lead)
    client.sign_in(cohort_without_call.lead)
    page = text_of(client.get(f"{cohort_without_call.url}/copy"))
    assert "12 places, 1 question, 1 criterion" in page
    answer = copy(client, source.id)
    assert (answer.status_code, answer.location) == (303, cohort_without_call.url)
    call = copied_call()
    assert (call.places, call.min_age, call.max_age) == (12, 16, 30)
    assert (call.attendance_wanted, call.blind) == (70, False)
    assert (call.opens_at, call.closes_at) == (None, None)
    (condition,) = conditions_of(call)
    assert (condition.text, condition.wanted, condition.reason) == (
        "Can you come?",
        False,
        "We meet.",
    )
    (question,) = questions_of(call)
    assert (question.kind, question.text, question.help) == (
        QuestionKind.ONE_CHOICE,
        "Which?",
        "Choose",
    )
    assert (question.options, question.required) == (["A", "B"], False)
    assert question.hidden_from_reviewers
    (criterion,) = criteria_of(call)
    assert (criterion.name, criterion.weight, criterion.guidance) == (
        "Motivation",
        4,
        {"5": "Strong"},
    )
    for part in (condition, question, criterion):
        assert part.workstream_id == cohort_without_call.id


def test_every_column_of_a_part_is_copied_or_is_its_own():
    own = {"id", "version", "workstream_id", "call_id", "archived_at"}
    for model in (EligibilityCondition, Question, Criterion):
        columns = {column.key for column in sa.inspect(model).column_attrs}
        assert columns == own | {*copying.PARTS[model]}, model
    settings = {column.key for column in sa.inspect(Call).column_attrs}
    left = {"id", "version", "workstream_id", "opens_at", "closes_at"}
    assert settings == left | {*copying.SETTINGS}


def test_sent_twice_it_is_copied_once(cohort_without_call, client):
    source = earlier_call(cohort_without_call.lead)
    client.sign_in(cohort_without_call.lead)
    once, source_id = new_id(), source.id
    assert copy(client, source_id, id=once).status_code == 303
    assert copy(client, source_id, id=once).status_code == 303
    assert len(questions_of(copied_call())) == 1


def test_only_calls_that_they_may_edit_are_offered(cohort_without_call, client):
    source = earlier_call()
    client.sign_in(cohort_without_call.lead)
    assert "/call/copy" not in client.get(cohort_without_call.url).text
    assert "There is no call to copy" in text_of(client.get(f"{cohort_without_call.url}/copy"))
    answer = copy(client, source.id)
    assert answer.status_code == 422
    assert db.session.scalar(sa.select(sa.func.count(Call.id))) == 1
    client.sign_in(cohort_without_call.administrator)
    assert copy(client, source.id).status_code == 303


def test_nothing_chosen_is_said(cohort_without_call, client):
    earlier_call(cohort_without_call.lead)
    client.sign_in(cohort_without_call.lead)
    answer = copy(client, "")
    assert answer.status_code == 422
    assert "Choose a cohort" in text_of(answer)


def test_over_a_call_with_parts_of_its_own_it_asks_first(cohort, client):
    cohort.opens(None, None)
    source = earlier_call(cohort.lead)
    source_id, own_id = source.id, QuestionFactory(call=cohort.call, text="Our own").id
    client.sign_in(cohort.lead)
    page = text_of(client.get(f"{cohort.url}/copy"))
    assert "They will be removed" in page
    version = cohort.call.version
    answer = copy(client, source_id, version=version)
    assert answer.status_code == 422
    assert "Tick the box" in text_of(answer)
    assert [q.id for q in questions_of(cohort.call)] == [own_id]
    assert copy(client, source_id, version=version, replace="y").status_code == 303
    assert [q.text for q in questions_of(cohort.call)] == ["Which?"]
    assert db.session.get(Question, own_id).archived_at is not None, "kept, to be brought back"
    again = copy(client, source_id, version=version, replace="y")
    assert again.status_code == 409, "a second press copies nothing"
    assert len(questions_of(cohort.call)) == 1


def test_over_an_empty_call_it_does_not_ask(cohort, client):
    cohort.opens(london(2021, 7, 1, 9), london(2021, 7, 30, 17))
    source = earlier_call(cohort.lead)
    client.sign_in(cohort.lead)
    assert copy(client, source.id, version=cohort.call.version).status_code == 303
    assert cohort.call.places == 12
    assert cohort.call.opens_at == london(2021, 7, 1, 9), "the window stays"


def test_nothing_is_copied_over_a_call_that_has_opened(cohort, client):
    source = earlier_call(cohort.lead)
    source_id = source.id
    client.sign_in(cohort.lead)
    assert "This call has opened" in text_of(client.get(f"{cohort.url}/copy"))
    answer = copy(client, source_id, version=cohort.call.version, replace="y")
    assert answer.status_code == 422
    assert questions_of(cohort.call) == []
    with pytest.raises(Refused, match="has opened"):
        copying.copy_over_call(
            call=cohort.call,
            version=cohort.call.version,
            source=db.session.get(Call, source_id),
            replace=True,
        )


def test_over_another_version_it_is_a_conflict(cohort):
    with pytest.raises(EditConflict):
        copying.copy_over_call(call=cohort.call, version=0, source=earlier_call(), replace=True)


def test_what_hangs_on_a_call_elsewhere_is_copied_along(cohort_without_call, monkeypatch):
    copied = []
    monkeypatch.setattr(copying, "_COPIERS", [])
    copier = lambda source, call: copied.append((source.id, call.id))  # noqa: E731
    copying.on_copy(copier)
    copying.on_copy(copier)
    source = earlier_call()
    call = copying.copy_to_new_call(
        id=Call().id, workstream_id=cohort_without_call.id, source=source
    )
    assert copied == [(source.id, call.id)]
