"""A cohort whose call is open, and somebody who wants to apply."""

from datetime import date

import pytest

from app.cohorts.call.models import Call
from app.workstreams.models import WorkstreamKind
from tests.cohorts.applying.applicant import Applicant
from tests.factories.cohorts import CallFactory, EligibilityConditionFactory, QuestionFactory
from tests.factories.workstreams import WorkstreamFactory


@pytest.fixture
def call(app) -> Call:
    """Open from 15 June to 30 July 2021 at 5pm, for people of 18 to 30 on 6 September."""
    workstream = WorkstreamFactory(
        kind=WorkstreamKind.COHORT, slug="cohort-9", name="Cohort 9", starts_on=date(2021, 9, 6)
    )
    return CallFactory(workstream_id=workstream.id)


@pytest.fixture
def condition(call):
    return EligibilityConditionFactory(call=call, text="Can you come on Saturdays?")


@pytest.fixture
def question(call):
    return QuestionFactory(call=call, text="What would you change?", word_limit=20)


@pytest.fixture
def stranger(client, call) -> Applicant:
    """Has used no link yet."""
    return Applicant(client, call)


@pytest.fixture
def applicant(stranger, condition, question) -> Applicant:
    """Has used a link: there is a draft. One condition, one required question."""
    return stranger.come()
