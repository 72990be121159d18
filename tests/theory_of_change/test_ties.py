"""A step leads to what it is tied to and says how that stands; an indicator leads back to its steps."""

from datetime import date
from decimal import Decimal

from app.core import clock
from app.core.htmx import page_args
from app.delivery.models import Rag
from app.extensions import db
from app.theory_of_change.models import Node, NodeKind
from tests.factories.delivery import ActivityFactory, MilestoneFactory
from tests.factories.indicators import IndicatorFactory, MeasurementFactory, TargetFactory
from tests.factories.theory_of_change import NodeFactory, TheoryFactory
from tests.factories.workstreams import AimFactory
from tests.statements import statements


def on_map(drawn, **ties):
    """Ties the outcome to these; gives the address of its panel."""
    node = db.session.get(Node, drawn.outcome)
    for name, rows in ties.items():
        setattr(node, name, rows)
    db.session.commit()
    return f"{drawn.url}/nodes/{drawn.outcome}"


def measured(drawn, **more):
    return IndicatorFactory(workstream_id=drawn.id, name="People who come", **more)


def test_activities_milestones_and_aims_are_links_with_how_they_stand(drawn, client):
    plan = {"plan_id": drawn.plan_id, "workstream_id": drawn.id}
    red = ActivityFactory(**plan, what="Find a hall", rag=Rag.RED, rag_reason="No hall")
    late = MilestoneFactory(**plan, title="Hall found", promised_on=date(2021, 6, 1))
    own = MilestoneFactory(
        **plan, activity_id=red.id, title="Keys handed over", promised_on=date(2021, 9, 1)
    )
    aim = AimFactory(workstream_id=drawn.id, text="Nobody is alone")
    address = on_map(drawn, activities=[red], milestones=[late, own], aims=[aim])
    client.sign_in(drawn.reader)
    page = client.get(address).text
    parts = page.split("<h3")
    activities, milestones, aims = (
        next(part for part in parts if words in part)
        for words in ("Activities of the plan", ">Milestones", ">Priorities and")
    )
    assert f'/plan/activities/{red.id}">Find a hall' in activities and "Red" in activities
    assert f"/plans/{drawn.plan_id}#milestone-{late.id}" in milestones
    assert "Promised 1 June 2021" in milestones and milestones.count("Overdue") == 1
    assert f"/plan/activities/{red.id}#milestone-{own.id}" in milestones
    assert f'href="/workstreams/new-parks#statement-{aim.id}"' in aims
    for place in (f"/plans/{drawn.plan_id}", f"/plan/activities/{red.id}", ""):
        there = client.get(f"/workstreams/new-parks{place}")
        assert there.status_code == 200
        assert {
            f"/plans/{drawn.plan_id}": f'id="milestone-{late.id}"',
            f"/plan/activities/{red.id}": f'id="milestone-{own.id}"',
            "": f'id="statement-{aim.id}"',
        }[place] in there.text


def test_an_indicator_stands_beside_the_step_with_its_sentence(drawn, client):
    indicator = measured(drawn, baseline=Decimal(9), baseline_text="2020")
    TargetFactory(indicator=indicator, on=date(2022, 3, 31), value=Decimal(16))
    MeasurementFactory(indicator=indicator, on=date(2021, 3, 31), value=Decimal(14), in_force=True)
    address = on_map(drawn, indicators=[indicator])
    client.sign_in(drawn.reader)
    page = client.get(address).text
    assert f'href="/workstreams/new-parks/indicators/{indicator.id}">People who come' in page
    assert "14, up from 9" in page.replace("\n", " ") and "target 16 by" in page


def test_as_many_queries_for_many_indicators(drawn, client):
    client.sign_in(drawn.reader)
    counted = []
    for number in (1, 12):
        some = [measured(drawn) for _ in range(number)]
        address = on_map(drawn, indicators=some)
        with statements() as sent:
            client.get(address)
        counted.append(len(sent))
    assert counted[0] == counted[1]


def test_an_indicator_says_which_steps_of_which_map_it_measures(drawn, client):
    indicator = measured(drawn)
    on_map(drawn, indicators=[indicator])
    gone = NodeFactory(theory=drawn.theory, kind=NodeKind.IMPACT, text="Taken off the map")
    gone.indicators, gone.removed_at = [indicator], clock.now()
    archived = TheoryFactory(
        workstream_id=drawn.id, title="An earlier theory", archived_at=clock.now()
    )
    NodeFactory(theory=archived, text="On an earlier map").indicators = [indicator]
    db.session.commit()
    client.sign_in(drawn.reader)
    page = client.get(f"/workstreams/new-parks/indicators/{indicator.id}").text
    assert f'href="{drawn.url}">Company for everybody</a>' in page
    assert f'href="{drawn.url}/nodes/{drawn.outcome}">People have company</a>' in page
    assert "Taken off the map" not in page and "On an earlier map" not in page
    other = measured(drawn)
    db.session.commit()
    page = client.get(f"/workstreams/new-parks/indicators/{other.id}").text
    assert "What it measures" not in page


def looked_at(drawn, lens):
    """The header with which HTMX says on which page it is."""
    return {"HX-Current-URL": f"https://localhost{drawn.url}?lens={lens}&node={drawn.activity}"}


def moved(drawn, client, **kwargs):
    return client.htmx("POST", f"{drawn.url}/nodes/{drawn.outcome}/move", **kwargs)


def test_what_is_saved_in_place_keeps_the_lens_that_was_chosen(drawn, client):
    client.sign_in(drawn.lead)
    page = moved(drawn, client, headers=looked_at(drawn, "assumptions")).text
    assert "Which links stand on something that is doubtful" in page
    here = page.split('aria-current="true"')[1][:40]
    assert "Assumptions" in here
    assert f"{drawn.url}/nodes/{drawn.impact}?lens=assumptions" in page


def test_so_does_a_form_that_was_refused_and_a_removal(drawn, client):
    client.sign_in(drawn.lead)
    edit = f"{drawn.url}/nodes/{drawn.outcome}"
    headers = looked_at(drawn, "owners")
    refused = client.htmx("POST", f"{edit}/edit", data={"text": ""}, headers=headers)
    assert refused.status_code == 422
    assert "Who owns each step" in refused.text
    version = db.session.get(Node, drawn.outcome).version
    ways = looked_at(drawn, "ways")  # which is about the step in the page's address
    removed = client.htmx("POST", f"{edit}/remove", data={"version": version}, headers=ways)
    assert "lead to “Weekly drop-in”, and" in removed.text


def test_without_a_lens_or_with_a_broken_address_the_map_is_plain(drawn, client):
    client.sign_in(drawn.lead)
    for address in (f"https://localhost{drawn.url}", "https://[", "", "?lens=nothing"):
        page = moved(drawn, client, headers={"HX-Current-URL": address})
        assert page.status_code == 200
        assert "Plain" in page.text.split('aria-current="true"')[1][:40]


def test_a_page_that_is_read_goes_by_its_own_address(app):
    """What HTMX says of the open page is for writes alone, or a cache would keep one for the other."""
    headers = {"HX-Request": "true", "HX-Current-URL": "https://localhost/map?lens=ways"}
    for method, lens in (("GET", "owners"), ("POST", "ways")):
        with app.test_request_context("/map?lens=owners", method=method, headers=headers):
            assert page_args().to_dict() == {"lens": lens}
