"""Plans that wait: for agreement, told to those who record it; for mending, told to their leads."""

from app.core.acting import acting
from app.core.flags import flags_for
from app.delivery import agreement
from app.workstreams.models import MemberRole
from tests.conftest import TODAY
from tests.factories.accounts import UserFactory
from tests.factories.delivery import ActivityFactory, DeliveryPlanFactory
from tests.factories.workstreams import MembershipFactory


def submitted():
    plan = DeliveryPlanFactory(title="Delivery plan 2021/22")
    ActivityFactory(plan=plan, start_on=TODAY.replace(year=2022), start_text="2022")
    lead = MembershipFactory(workstream_id=plan.workstream_id, role=MemberRole.LEAD).user
    with acting(lead):
        agreement.submit(plan=plan, version=plan.version, by=lead)
    return plan, lead


def told(user):
    return [(str(f.kind), f.why) for f in flags_for(user, TODAY) if f.title.startswith("Delivery")]


def test_who_records_agreement_is_told_of_a_submitted_plan(db):
    submitted()
    officer = UserFactory(administrator=True)
    assert told(officer) == [
        ("to_agree", "It was submitted on 18 June 2021 and waits to be agreed.")
    ]


def test_its_lead_is_not(db):
    _, lead = submitted()
    assert told(lead) == []


def test_its_lead_is_told_when_it_comes_back(db):
    plan, lead = submitted()
    agreement.send_back(plan=plan, version=plan.version, reason="Say who leads the kitchen.")
    assert told(lead) == [("sent_back", "It was sent back: Say who leads the kitchen.")]
    assert told(UserFactory(administrator=True)) == []


def test_nobody_elses_lead_is_told(db):
    plan, _ = submitted()
    agreement.send_back(plan=plan, version=plan.version, reason="Not yet")
    assert told(MembershipFactory(role=MemberRole.LEAD).user) == []


def test_agreeing_ends_it(db):
    plan, _ = submitted()
    agreement.agree(plan=plan, version=plan.version, seen=None, by=None, on=TODAY)
    assert told(UserFactory(administrator=True)) == []
