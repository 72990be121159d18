"""A newcomer finds maps, indicators and findings from a workstream's first page."""

from datetime import date

from app.core import clock
from app.delivery.models import Rag
from app.evaluation.models import Audience
from app.extensions import db
from app.workstreams.models import MemberRole
from tests.evaluation.scene import new_parks, somebody
from tests.factories.delivery import ActivityFactory, DeliveryPlanFactory
from tests.factories.evaluation import NoteFactory
from tests.factories.indicators import IndicatorFactory
from tests.factories.theory_of_change import TheoryFactory
from tests.factories.workstreams import AimFactory, KeyIssueFactory
from tests.statements import statements

PAGE = "/workstreams/new-parks"
HEADING = "What it should change, and what is known"


def test_it_leads_to_what_there_is(client):
    zone = new_parks()
    TheoryFactory(workstream_id=zone.id, title="Company for everybody")
    IndicatorFactory(workstream_id=zone.id)
    IndicatorFactory(workstream_id=zone.id, archived_at=clock.now())
    NoteFactory(workstream_id=zone.id, on=date(2021, 6, 2))
    client.sign_in(somebody(zone, MemberRole.READER))
    page = client.get(PAGE).text
    assert f'href="{PAGE}/map">Company for everybody</a>' in page
    assert f'href="{PAGE}/indicators">1 indicator</a>' in page
    assert f'href="{PAGE}/evidence">1 finding</a>, the newest 2 June 2021' in page
    TheoryFactory(workstream_id=zone.id)
    assert "2 theories of change" in client.get(PAGE).text


def test_a_restricted_note_is_not_counted_and_nothing_is_not_announced(client):
    zone = new_parks()
    NoteFactory(workstream_id=zone.id, audience=Audience.EVALUATORS_AND_LEADS)
    client.sign_in(somebody(zone, MemberRole.READER))
    assert HEADING not in client.get(PAGE).text
    client.sign_in(somebody(zone, MemberRole.LEAD))
    assert "1 finding" in client.get(PAGE).text


def test_it_takes_one_query(client):
    """Of a workstream with a plan whose activities need somebody."""
    zone = new_parks()
    ActivityFactory(plan=DeliveryPlanFactory(workstream_id=zone.id), rag=Rag.RED, rag_reason="Late")
    AimFactory(workstream_id=zone.id)
    KeyIssueFactory(workstream_id=zone.id)
    TheoryFactory(workstream_id=zone.id)
    client.sign_in(somebody(zone, MemberRole.LEAD))
    db.session.commit()
    client.get(PAGE)
    with statements() as sent:
        assert HEADING in client.get(PAGE).text
    assert len([one for one in sent if "evaluation_notes" in one]) == 1
    assert len(sent) <= 7
