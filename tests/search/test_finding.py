"""What is found, in which order, by which filters. Run on both databases: the answers are the same."""

from datetime import date

import pytest

from app.core.searching import Source, add_source, source_of
from app.delivery.models import PlanStatus
from app.extensions import db
from app.people_zones.models import ZoneProfile
from app.workstreams.models import AimKind
from tests.factories.delivery import (
    ActivityFactory,
    DeliveryPlanFactory,
    MilestoneFactory,
    ProgressUpdateFactory,
)
from tests.factories.people_zones import ZoneFundingFactory, ZoneProfileFactory
from tests.factories.workstreams import AimFactory, WorkstreamFactory
from tests.search.conftest import found, kinds, titles


def test_everything_that_has_the_word_is_found_titles_first(scene):
    """By kind, what carries others first; progress updates have no title of their own."""
    assert kinds(scene.lead, "heron") == [
        "workstream",
        "plan",
        "aim",
        "issue",
        "activity",
        "milestone",
        "update",
    ]


def test_a_hit_leads_straight_to_the_thing(scene):
    base = "/workstreams/heron-quay"
    activity = f"{base}/plan/activities/{scene.activity.id}"
    assert [hit.url for hit in found(scene.lead, "heron").page.rows] == [
        base,
        f"{base}/plans/{scene.plan.id}",
        f"{base}#statement-{scene.aim.id}",
        f"{base}#statement-{scene.issue.id}",
        activity,
        f"{activity}#milestone-{scene.milestone.id}",
        f"{activity}#update-{scene.update.id}",
    ]


def test_the_page_that_a_hit_leads_to_has_the_place(client, scene):
    client.sign_in(scene.lead)
    for hit in found(scene.lead, "heron").page.rows:
        page, _, anchor = hit.url.partition("#")
        answer = client.get(page)
        assert answer.status_code == 200
        assert not anchor or f'id="{anchor}"' in answer.text, hit.url


def test_a_milestone_of_the_plan_is_on_the_plan(client, scene):
    milestone = MilestoneFactory(plan=scene.plan, title="Otter day")
    (hit,) = found(scene.lead, "otter").page.rows
    assert hit.url == f"/workstreams/heron-quay/plans/{scene.plan.id}#milestone-{milestone.id}"
    assert f'id="milestone-{milestone.id}"' in client.sign_in(scene.lead).get(hit.url).text


def test_a_zones_area_and_where_its_money_comes_from_are_found(scene):
    ZoneProfileFactory(workstream_id=scene.workstream.id, area="Otter Meadow")
    ZoneFundingFactory(workstream_id=scene.workstream.id, source="Otter fund")
    assert kinds(scene.lead, "otter") == ["area", "funding"]


@pytest.mark.parametrize(
    "query",
    [
        "herons",
        "HERON",
        "hérons",
        "count heron",
        "heron count",
        "herons AND count",
        '"count the herons"',
        '"Count the heron"',
        "heron binoc",
    ],
)
def test_ways_to_ask_for_the_activity(scene, query):
    assert "Count the herons" in titles(scene.lead, query)


@pytest.mark.parametrize(
    "query",
    [
        '"herons the count"',
        '"count herons"',
        "heron kingfisher",
        "ero",
        "heronry",
        "binoc heron",  # only the last word may be begun
    ],
)
def test_ways_that_do_not_find_it(scene, query):
    assert titles(scene.lead, query) == []


def test_a_word_in_the_title_and_one_in_the_text_are_found_together(scene):
    assert kinds(scene.lead, "heron binoculars") == ["activity"]


def test_a_phrase_does_not_run_from_the_title_into_the_text(scene):
    assert titles(scene.lead, '"herons with"') == []


def test_within_a_kind_the_newest_comes_first(scene):
    for day in (3, 9, 6):
        ProgressUpdateFactory(
            activity=scene.activity, text=f"Otter {day}", reported_on=date(2021, 5, day)
        )
    days = [hit.on.day for hit in found(scene.lead, "otter").page.rows]
    assert days == [9, 6, 3]


def test_an_update_is_called_after_its_activity_but_not_found_by_its_name(scene):
    (hit,) = found(scene.lead, "canal").page.rows
    assert hit.title == "Count the herons"
    assert kinds(scene.lead, "count", kind="update") == []


def test_hits_are_marked_and_everything_else_is_escaped(scene):
    ActivityFactory(plan=scene.plan, what="<b>Otter</b> & co", how="<script>otter('x')</script>")
    (hit,) = found(scene.lead, "otter").page.rows
    assert hit.title == "&lt;b&gt;<mark>Otter</mark>&lt;/b&gt; &amp; co"
    assert hit.snippet == "&lt;script&gt;<mark>otter</mark>(&#39;x&#39;)&lt;/script&gt;"


def test_a_long_text_is_cut_around_its_first_hit(scene):
    ActivityFactory(
        plan=scene.plan, what="Long", how="word " * 500 + "the otter swims" + " more" * 500
    )
    (hit,) = found(scene.lead, "otter").page.rows
    assert hit.snippet.startswith("… word")
    assert "<mark>otter</mark> swims" in hit.snippet
    assert hit.snippet.endswith("more …")
    assert len(hit.snippet.striptags()) < 300


class TestFilters:
    def test_kind(self, scene):
        assert kinds(scene.lead, "heron", kind="aim") == ["aim"]
        assert len(kinds(scene.lead, "heron", kind="unicorn")) == 7

    def test_state_is_of_activities_and_milestones(self, scene):
        scene.milestone.done_on = date(2021, 6, 2)
        assert kinds(scene.lead, "heron", state="open") == ["activity"]
        assert kinds(scene.lead, "heron", state="done") == ["milestone"]

    def test_since_leaves_out_what_is_older_or_has_no_day(self, scene):
        assert kinds(scene.lead, "heron", since="1 June 2021") == [
            "activity",
            "milestone",
            "update",
        ]
        assert kinds(scene.lead, "heron", since="2 June 2021") == ["milestone"]
        assert kinds(scene.lead, "heron", since="2/6/2021", kind="update") == []

    def test_a_workstream_counts_with_those_below_it(self, scene):
        below = WorkstreamFactory(parent_id=scene.workstream.id, slug="below", name="Below")
        AimFactory(workstream_id=below.id, text="Otters below")
        AimFactory(workstream_id=scene.workstream.id, text="Otters above")
        both = ["Otters above", "Otters below"]
        assert titles(scene.lead, "otter", workstream="heron-quay") == both
        assert titles(scene.lead, "otter", workstream="below") == ["Otters below"]
        assert len(titles(scene.lead, "otter", workstream="nowhere")) == 2

    def test_counts_by_kind_are_of_all_pages(self, scene):
        for number in range(25):
            AimFactory(workstream_id=scene.workstream.id, text=f"Otter {number}")
        ActivityFactory(plan=scene.plan, what="Otter row")
        result = found(scene.lead, "otter")
        assert [(source.kind, number) for source, number in result.by_kind] == [
            ("aim", 25),
            ("activity", 1),
        ]
        assert (result.page.total, len(result.page.rows)) == (26, 20)
        assert [hit.source.kind for hit in found(scene.lead, "otter", 2).page.rows][
            -1
        ] == "activity"
        assert found(scene.lead, "otter", 99).page.number == 2


def test_more_than_a_thousand_are_not_counted(scene, monkeypatch):
    monkeypatch.setattr("app.search.finding.MOST", 5)
    for number in range(7):
        AimFactory(workstream_id=scene.workstream.id, text=f"Otter {number}")
    result = found(scene.lead, "otter")
    assert (result.more, result.page.total, result.by_kind) == (True, 5, [])
    assert result.in_words == "More than 5 results"


def test_a_plan_that_another_has_superseded_is_found_at_its_own_address(scene, client):
    scene.plan.status, scene.plan.agreed_on = PlanStatus.AGREED, date(2021, 4, 1)
    scene.plan.superseded_on = date(2021, 6, 1)
    db.session.flush()
    [hit] = [hit for hit in found(scene.lead, "heron").page.rows if hit.source.kind == "plan"]
    assert hit.url == f"/workstreams/{scene.workstream.slug}/plans/{scene.plan.id}"
    assert client.sign_in(scene.lead).get(hit.url).status_code == 200


def test_a_plans_own_milestone_is_found_in_its_plan_superseded_or_not(scene, client):
    other = DeliveryPlanFactory(workstream_id=scene.workstream.id)
    for plan in (scene.plan, other):
        MilestoneFactory(plan=plan, title="Otter week")
    client.sign_in(scene.lead)
    hits = found(scene.lead, "otter").page.rows
    assert len(hits) == 2
    for hit in hits:
        url, _, anchor = hit.url.partition("#")
        assert f'id="{anchor}"' in client.get(url).text, hit.url


def test_a_kind_that_would_not_be_told_from_others_is_refused(app):
    with pytest.raises(ValueError, match="order of its own"):
        add_source(
            Source(
                "x", "X", "X", source_of("aim").order, ZoneProfile, title=ZoneProfile.area, path=str
            )
        )
    with pytest.raises(ValueError, match="lower-case word"):
        add_source(Source("two words", "X", "X", 61, ZoneProfile, title=ZoneProfile.area, path=str))


def test_an_ambition_is_found_as_a_priority_is(scene):
    AimFactory(
        workstream_id=scene.workstream.id, kind=AimKind.AMBITION_STATEMENT, text="Otters are safe"
    )
    assert kinds(scene.lead, "otters") == ["aim"]
