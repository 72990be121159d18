"""The rules of measuring as one story: defined, entered, approved by another, corrected; nothing lost."""

from datetime import date
from decimal import Decimal

import sqlalchemy as sa

from app.extensions import db
from app.indicators.models import Indicator, Measurement, MeasurementStatus, Unit
from tests.factories.indicators import (
    BreakdownFactory,
    MeasurementFactory,
    TargetFactory,
)

MARCH = date(2021, 3, 31)


def values():
    return list(db.session.scalars(sa.select(Measurement).order_by(Measurement.id)))


def key(scene, on=MARCH, indicator_id=None):
    return f"v{(indicator_id or scene.indicator_id).hex}-{on.isoformat()}"


def row(scene, on=MARCH, indicator_id=None, **typed):
    """What one row of the page of due values sends."""
    start = key(scene, on, indicator_id)
    return {
        f"{start}-id": "018f0000-0000-7000-8000-000000000001",
        **{f"{start}-{name}": value for name, value in typed.items()},
    }


# --- Definitions ---

DEFINED = {
    "name": "Feel safe after dark",
    "unit": "percentage",
    "better": "up",
    "frequency": "quarterly",
    "baseline_numerator": "9",
    "baseline_denominator": "20",
    "baseline_on": "31 March 2021",
}


def test_an_evaluator_defines_an_indicator(client, scene):
    client.sign_in(scene.evaluator)
    answer = client.post(f"{scene.url}/add", data=DEFINED)
    assert answer.status_code == 303
    made = db.session.scalar(sa.select(Indicator).where(Indicator.name == DEFINED["name"]))
    assert (made.baseline, made.baseline_numerator) == (Decimal(45), 9)
    assert "No value yet; baseline 9 of 20 (45%)" in client.get(answer.location).text


def test_contributors_and_readers_do_not(client, scene):
    for role in (scene.contributor, scene.reader, scene.external_evaluator):
        assert client.sign_in(role).post(f"{scene.url}/add", data=DEFINED).status_code == 403


def test_what_a_unit_needs_is_said_beside_the_field_and_every_word_kept(client, scene):
    client.sign_in(scene.evaluator)
    answer = client.post(f"{scene.url}/add", data={**DEFINED, "unit": "score"})
    assert answer.status_code == 422
    assert "A score needs the ends of its scale" in answer.text
    assert DEFINED["name"] in answer.text
    answer = client.post(f"{scene.url}/add", data={**DEFINED, "baseline_numerator": "21"})
    assert "This must be from 0 to 20" in answer.text
    answer = client.post(f"{scene.url}/add", data={**DEFINED, "baseline_on": ""})
    assert "Say when the baseline was measured" in answer.text


def test_a_baseline_too_small_to_be_shown_is_refused(client, scene):
    client.sign_in(scene.evaluator)
    data = {**DEFINED, "baseline_numerator": "3", "sensitive": "y"}
    answer = client.post(f"{scene.url}/add", data=data)
    assert answer.status_code == 422
    assert "The baseline is a count under 5" in answer.text


def test_the_second_of_two_editors_sees_both_texts(client, scene):
    client.sign_in(scene.evaluator)
    data = {**DEFINED, "version": 1}
    assert client.post(f"{scene.page}/edit", data=data).status_code == 303
    answer = client.post(f"{scene.page}/edit", data={**data, "name": "Another name"})
    assert answer.status_code == 409
    assert "Another name" in answer.text
    assert DEFINED["name"] in answer.text


def test_the_unit_stays_once_there_are_values(client, scene):
    MeasurementFactory(indicator=scene.indicator)
    client.sign_in(scene.evaluator)
    data = {**DEFINED, "version": 1, "unit": "number", "baseline_numerator": "",
            "baseline_denominator": ""}  # fmt: skip
    answer = client.post(f"{scene.page}/edit", data=data)
    assert answer.status_code == 422
    assert "its unit stays" in answer.text


def test_archived_and_brought_back(client, scene):
    client.sign_in(scene.lead)
    assert "Archive" in client.get(f"{scene.page}/archive").text
    client.post(f"{scene.page}/archive", data={"version": 1})
    assert scene.indicator.archived_at is not None
    client.get(scene.url)  # which says what was archived
    assert "Graduates" not in client.get(scene.url).text
    assert "Graduates" in client.get(f"{scene.url}?archived=1").text
    client.post(f"{scene.page}/bring-back", data={"version": 2})
    assert scene.indicator.archived_at is None


def test_targets_are_added_changed_removed_and_put_back(client, scene):
    client.sign_in(scene.evaluator)
    target = {"value": "80", "on": "31 March 2022"}
    assert client.post(f"{scene.page}/targets/add", data=target).status_code == 303
    again = client.post(f"{scene.page}/targets/add", data=target)
    assert again.status_code == 422
    assert "There is a target for this day already" in again.text
    too_much = client.post(f"{scene.page}/targets/add", data={**target, "value": "180"})
    assert "Enter a target from 0 to 100" in too_much.text
    mine = scene.indicator.targets[0]
    url = f"{scene.page}/targets/{mine.id}"
    client.post(f"{url}/edit", data={"value": "85", "on": "31 March 2022", "version": 1})
    assert "85% by March 2022" in client.get(scene.page).text
    removed = client.post(f"{url}/remove", data={"version": 2})
    assert "Undo: put the target back" in client.get(removed.location).text
    assert not scene.indicator.targets


def test_a_breakdown_has_groups_that_stay_with_their_values(client, scene):
    client.sign_in(scene.evaluator)
    data = {"name": "Age band", "parts": "11 to 15\n16 to 24", "overlapping": "no"}
    assert client.post(f"{scene.page}/breakdowns/add", data=data).status_code == 303
    breakdown = scene.indicator.breakdowns[0]
    url = f"{scene.page}/breakdowns/{breakdown.id}"
    bad = client.post(f"{url}/edit", data={**data, "version": 1, "parts": "11 to 15\n11 TO 15"})
    assert "Two groups have the same name" in bad.text
    client.post(f"{url}/edit", data={**data, "version": 1, "parts": "16 to 24\n25 and over"})
    assert [p.name for p in scene.indicator.breakdowns[0].parts] == ["16 to 24", "25 and over"]
    stale = client.post(f"{url}/edit", data={**data, "version": 1})
    assert stale.status_code == 409


# --- Entered ---


def test_everything_due_is_on_one_page(client, scene):
    visits = scene.add(name="Visits", counted="visits")
    scene.add(name="Not due yet", first_due_on=date(2021, 6, 30))
    text = client.sign_in(scene.evaluator).get(f"{scene.url}/due").text
    assert "2 values are due" in text
    assert "For January to March 2021" in text
    assert "Due for 79 days" in text
    assert "Not due yet" not in text
    MeasurementFactory(indicator=visits, on=MARCH)
    assert "1 value is due" in client.get(f"{scene.url}/due").text


def test_contributors_see_and_enter_what_they_own(client, scene):
    scene.indicator.owner_id = scene.contributor.id
    visits = scene.add(name="Visits")
    client.sign_in(scene.contributor)
    text = client.get(f"{scene.url}/due").text
    assert "Graduates" in text
    assert "Visits" not in text
    mine = client.post(f"{scene.url}/due", data=row(scene, numerator="18", denominator="20"))
    assert mine.status_code == 303
    others = client.post(f"{scene.url}/due", data=row(scene, indicator_id=visits.id, value="3"))
    assert others.status_code == 422
    assert len(values()) == 1
    assert client.sign_in(scene.reader).get(f"{scene.url}/due").status_code == 403


def test_all_that_are_filled_in_are_saved_at_once_without_javascript(client, scene):
    visits = scene.add(name="Visits")
    scene.add(name="Left empty")
    client.sign_in(scene.evaluator)
    data = row(scene, numerator="18", denominator="20", commentary="Two moved away")
    data |= row(scene, indicator_id=visits.id, value="1,204") | {
        f"{key(scene, indicator_id=visits.id)}-id": "018f0000-0000-7000-8000-000000000002"
    }
    answer = client.post(f"{scene.url}/due", data=data)
    assert answer.status_code == 303
    graduates, visited = values()
    assert (graduates.value, graduates.numerator, graduates.denominator) == (90, 18, 20)
    assert graduates.commentary == "Two moved away"
    assert visited.value == 1204
    assert {one.status for one in values()} == {MeasurementStatus.DRAFT}
    assert {one.entered_by_id for one in values()} == {scene.evaluator.id}


def test_where_one_is_wrong_none_is_saved_and_every_word_kept(client, scene):
    visits = scene.add(name="Visits")
    client.sign_in(scene.evaluator)
    data = row(scene, numerator="21", denominator="20")
    data |= row(scene, indicator_id=visits.id, value="1,204", commentary="A busy spring")
    answer = client.post(f"{scene.url}/due", data=data)
    assert answer.status_code == 422
    assert "This must be from 0 to 20" in answer.text
    for kept in ('value="21"', 'value="1,204"', "A busy spring"):
        assert kept in answer.text
    assert not values()


def test_one_row_is_saved_and_what_is_typed_in_another_stays(client, scene):
    visits = scene.add(name="Visits")
    client.sign_in(scene.evaluator)
    data = row(scene, numerator="18", denominator="20") | {"row": key(scene)}
    data |= row(scene, indicator_id=visits.id, value="not a number")
    answer = client.htmx("POST", f"{scene.url}/due", data=data)
    assert answer.status_code == 200
    assert "1 value saved" in answer.text
    assert 'value="not a number"' in answer.text
    assert len(values()) == 1


def test_the_last_row_by_htmx_leaves_nothing_due(client, scene):
    client.sign_in(scene.evaluator)
    data = row(scene, numerator="18", denominator="20") | {"row": key(scene)}
    answer = client.htmx("POST", f"{scene.url}/due", data=data)
    assert "Nothing is due" in answer.text
    assert "waymark:done" in answer.headers["HX-Trigger"]


def test_pressed_twice_saved_once(client, scene):
    client.sign_in(scene.evaluator)
    data = row(scene, numerator="18", denominator="20")
    for _ in range(2):
        assert client.post(f"{scene.url}/due", data=data).status_code == 303
    assert len(values()) == 1


def test_somebody_else_was_faster_and_nothing_typed_is_lost(client, scene):
    MeasurementFactory(indicator=scene.indicator, on=MARCH, value=Decimal(50))
    client.sign_in(scene.evaluator)
    data = row(scene, numerator="18", denominator="20")
    answer = client.post(f"{scene.url}/due", data=data)
    assert answer.status_code == 422
    assert "waits for approval already" in answer.text
    assert 'value="18"' in answer.text


def test_nothing_filled_in_says_so(client, scene):
    client.sign_in(scene.evaluator)
    answer = client.post(f"{scene.url}/due", data=row(scene))
    assert answer.status_code == 422
    assert "Fill in at least one value" in answer.text


def test_a_value_for_a_day_to_come_is_refused(client, scene):
    client.sign_in(scene.evaluator)
    data = {"on": "1 July 2021", "numerator": "1", "denominator": "2"}
    answer = client.post(f"{scene.page}/measure", data=data)
    assert answer.status_code == 422
    assert "still to come" in answer.text


def test_a_percentage_of_a_sensitive_indicator_needs_its_counts(client, scene):
    scene.indicator.sensitive = True
    client.sign_in(scene.evaluator)
    answer = client.post(f"{scene.page}/measure", data={"on": "31 March 2021", "value": "85.5"})
    assert "Give the counts" in answer.text
    scene.indicator.sensitive = False
    db.session.commit()
    answer = client.post(f"{scene.page}/measure", data={"on": "31 March 2021", "value": "85.5"})
    assert answer.status_code == 303


def divided(scene, *, overlapping=False):
    breakdown = BreakdownFactory(
        indicator=scene.indicator,
        name="Age",
        overlapping=overlapping,
        groups=["Under 16", "16 and over"],
    )
    return [part.id.hex for part in breakdown.parts]


def with_groups(parts, *counts):
    typed = {"on": "31 March 2021", "numerator": "18", "denominator": "20"}
    for part, (numerator, denominator) in zip(parts, counts, strict=False):
        typed[f"part_{part}_numerator"] = str(numerator)
        typed[f"part_{part}_denominator"] = str(denominator)
    return typed


def test_groups_must_add_up_to_the_whole(client, scene):
    parts = divided(scene)
    client.sign_in(scene.evaluator)
    wrong = client.post(f"{scene.page}/measure", data=with_groups(parts, (8, 10), (9, 10)))
    assert wrong.status_code == 422
    assert "its groups add up to 17, not 18" in wrong.text
    some = client.post(f"{scene.page}/measure", data=with_groups(parts, (8, 10)))
    assert "give all of its groups" in some.text
    right = client.post(f"{scene.page}/measure", data=with_groups(parts, (8, 10), (10, 10)))
    assert right.status_code == 303
    assert len(values()[0].parts) == 2


def test_groups_that_overlap_need_not(client, scene):
    parts = divided(scene, overlapping=True)
    client.sign_in(scene.evaluator)
    answer = client.post(f"{scene.page}/measure", data=with_groups(parts, (15, 18), (12, 16)))
    assert answer.status_code == 303


# --- Approved and corrected ---


def entered(scene, **words):
    words = {"value": Decimal(70), "numerator": 14, "denominator": 20, "on": MARCH, **words}
    return MeasurementFactory(indicator=scene.indicator, entered_by_id=scene.evaluator.id, **words)


def approve(client, scene, measurement, version=1):
    url = f"{scene.page}/values/{measurement.id}/approve"
    return client.post(url, data={"version": version})


def test_a_value_counts_once_another_has_approved_it(client, scene):
    value = entered(scene)
    client.sign_in(scene.evaluator)
    assert "14 of 20" not in client.get(scene.page).text
    refused = approve(client, scene, value)
    assert refused.status_code == 422
    assert "Somebody else must approve it" in refused.text
    client.sign_in(scene.second)
    assert "14 of 20" in client.get(f"{scene.url}/approvals").text
    assert approve(client, scene, value).status_code == 303
    assert values()[0].approved_by_id == scene.second.id
    assert "14 of 20 delegates (70%)" in client.get(scene.page).text


def test_whoever_changed_it_last_cannot_approve_it(client, scene):
    value = entered(scene)
    client.sign_in(scene.second)
    data = {"on": "31 March 2021", "numerator": "15", "denominator": "20", "version": 1}
    assert client.post(f"{scene.page}/values/{value.id}/edit", data=data).status_code == 303
    assert values()[0].value == 75
    assert approve(client, scene, value, 2).status_code == 422
    client.sign_in(scene.evaluator)
    assert approve(client, scene, value, 2).status_code == 303


def test_what_changed_meanwhile_is_not_approved_unseen(client, scene):
    value = entered(scene)
    value.commentary = "Counted again"
    db.session.flush()
    client.sign_in(scene.second)
    answer = client.htmx("POST", f"{scene.page}/values/{value.id}/approve", data={"version": 1})
    assert answer.status_code == 409
    assert "Look again below" in answer.text
    assert values()[0].status is MeasurementStatus.DRAFT


def test_contributors_approve_nothing(client, scene):
    scene.indicator.owner_id = scene.contributor.id
    value = entered(scene)
    client.sign_in(scene.contributor)
    assert approve(client, scene, value).status_code == 403


def test_a_correction_keeps_the_old_value_with_the_reason(client, scene):
    old = entered(scene, in_force=True)
    client.sign_in(scene.evaluator)
    data = {"numerator": "16", "denominator": "20", "version": 1, "reason": ""}
    url = f"{scene.page}/values/{old.id}/correct"
    assert "Say why it is corrected" in client.post(url, data=data).text
    assert client.post(url, data={**data, "reason": "Two were missed"}).status_code == 303
    # Until somebody else approves it, the old one stands.
    assert "14 of 20" in client.get(scene.page).text
    old, new = values()
    assert old.superseded_at is None
    client.sign_in(scene.second)
    assert approve(client, scene, new).status_code == 303
    old, new = values()
    assert old.superseded_at is not None
    assert new.corrects_id == old.id
    text = client.get(f"{scene.page}/values/{new.id}").text
    assert "Two were missed" in text
    assert "14 of 20 delegates (70%)" in text
    assert "16 of 20 delegates (80%)" in client.get(scene.page).text


def test_a_day_in_force_is_corrected_not_entered_again(client, scene):
    entered(scene, in_force=True)
    client.sign_in(scene.second)
    data = {"on": "31 March 2021", "numerator": "15", "denominator": "20"}
    answer = client.post(f"{scene.page}/measure", data=data)
    assert answer.status_code == 422
    assert "Correct that one instead" in answer.text


def test_what_nobody_approved_can_be_removed_and_what_somebody_did_cannot(client, scene):
    value = entered(scene)
    client.sign_in(scene.evaluator)
    url = f"{scene.page}/values/{value.id}/remove"
    assert client.post(url, data={"version": 1}).status_code == 303
    assert not values()
    kept = entered(scene, in_force=True)
    answer = client.post(f"{scene.page}/values/{kept.id}/remove", data={"version": 1})
    assert answer.status_code == 422
    assert values()


# --- Shown ---


def test_the_list_says_how_each_stands(client, scene):
    scene.indicator.baseline = Decimal(45)
    scene.indicator.baseline_numerator, scene.indicator.baseline_denominator = 9, 20
    scene.indicator.baseline_on = date(2020, 3, 31)
    TargetFactory(indicator=scene.indicator, on=date(2022, 3, 31), value=Decimal(80))
    entered(scene, in_force=True)
    text = client.sign_in(scene.reader).get(scene.url).text
    assert "14 of 20, up from 9; target 16 by March 2022: on track" in text
    assert scene.indicator.unit is Unit.PERCENTAGE


def test_another_workstreams_indicator_is_not_there(client, scene):
    from tests.factories.indicators import IndicatorFactory

    other = IndicatorFactory()
    client.sign_in(scene.evaluator)
    assert client.get(f"{scene.url}/{other.id}").status_code == 404
    assert client.sign_in(scene.stranger).get(scene.url).status_code == 404


def test_late_values_and_values_to_approve_are_flagged(client, scene):
    text = client.sign_in(scene.lead).get("/").text
    assert "Its value for January to March 2021 has been due since" in text
    scene.indicator.owner_id = scene.contributor.id
    db.session.commit()
    assert "January to March 2021" not in client.get("/").text
    assert "January to March 2021" in client.sign_in(scene.contributor).get("/").text
    entered(scene)
    assert "1 value waits" in client.sign_in(scene.second).get("/").text
    assert "1 value waits" not in client.sign_in(scene.evaluator).get("/").text


def test_readers_do_not_find_hidden_counts_in_the_history(client, scene):
    scene.indicator.sensitive = True
    value = entered(scene, numerator=3, value=Decimal(15), in_force=True)
    client.sign_in(scene.reader)
    everything = client.get("/workstreams/youth/history").text
    assert "Fewer than 5 of 20" in client.get(f"{scene.page}/values/{value.id}").text
    assert "How many" not in everything
    assert client.get(f"/workstreams/youth/history/{value.id}").status_code in (
        403,
        404,
    )
