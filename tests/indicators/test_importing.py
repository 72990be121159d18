"""A table of values is imported: previewed row by row, all or nothing, and taken back as a whole."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
import sqlalchemy as sa

from app.extensions import db
from app.indicators.importing.models import MeasurementImport
from app.indicators.models import Measurement, Unit
from tests.factories.indicators import MeasurementFactory

TABLE = """Indicator,Date,Value,How many,Out of how many,Commentary
Graduates,31/3/2021,,18,20,Two moved away
Visits,30 June 2020,"1,204",,,
graduates,31 December 2020,14 of 20,,,
"""


def send(client, scene, text):
    data = {"file": (BytesIO(text.encode()), "values.csv"), "csrf_token": client.csrf_token()}
    answer = client.post(f"{scene.url}/import", data=data, content_type="multipart/form-data")
    assert answer.status_code == 303, answer.text
    return answer.location.removesuffix("/columns")


def preview(client, scene, text=TABLE):
    steps = send(client, scene, text)
    columns = {"column_indicator": "0", "column_on": "1", "column_value": "2", "headings": "0"}
    columns |= {"column_numerator": "3", "column_denominator": "4", "column_commentary": "5"}
    assert client.post(f"{steps}/columns", data=columns).status_code == 303
    return steps, client.get(f"{steps}/preview").text


def seen(text):
    return text.split('name="seen" value="')[1].split('"')[0]


def values():
    return list(db.session.scalars(sa.select(Measurement).order_by(Measurement.on)))


@pytest.fixture
def visits(scene):
    return scene.add(name="Visits")


def test_what_the_preview_shows_is_what_happens(client, scene, visits):
    client.sign_in(scene.evaluator)
    steps, text = preview(client, scene)
    assert "3 to add, 0 to leave out, 0 problems" in text
    assert "18 of 20 delegates (90%)" in text
    assert not values()
    answer = client.post(f"{steps}/preview", data={"seen": seen(text)})
    assert answer.status_code == 303
    assert [value.value for value in values()] == [1204, 70, 90]
    assert values()[2].commentary == "Two moved away"
    assert "3 values from" in client.get(answer.location).text
    # Pressed twice.
    assert client.post(f"{steps}/preview", data={"seen": seen(text)}).status_code == 303
    assert len(values()) == 3


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("Nobody,31/3/2021,1,,,", "there is no indicator called “Nobody” here"),
        ("Graduates,when it was,,1,2,", "is no date"),
        ("Graduates,31/3/2022,,1,2,", "still to come"),
        ("Graduates,31/3/2021,,21,20,", "this must be from 0 to 20"),
        ("Visits,31/3/2021,lots,,,", "enter a number"),
        ("Visits,31/3/2021,,,,", "enter the value"),
        ("Visits,31/3/2021,1,,,\nVisits,31/3/2021,2,,,", "stands in the file twice"),
    ],
)
def test_a_problem_is_named_with_its_place_and_nothing_is_imported(
    client, scene, visits, row, words
):
    client.sign_in(scene.evaluator)
    steps, text = preview(client, scene, TABLE.splitlines()[0] + "\n" + row + "\n")
    assert words in text
    assert "row 2" in text or "Row 3" in text
    refused = client.post(f"{steps}/preview", data={"seen": "x"})
    assert refused.status_code == 422
    assert not values()


def test_what_is_there_already_is_left_out_and_what_differs_is_a_problem(client, scene, visits):
    MeasurementFactory(indicator=visits, on=date(2020, 6, 30), value=Decimal(1204), in_force=True)
    client.sign_in(scene.evaluator)
    _, text = preview(client, scene)
    assert "2 to add, 1 to leave out, 0 problems" in text
    visits.name = "Visits"
    db.session.execute(sa.update(Measurement).values(value=Decimal(3)))
    _, text = preview(client, scene)
    assert "there is another value for this day: 3. Correct that one on its page" in text


def test_another_value_that_came_meanwhile_stops_it(client, scene, visits):
    client.sign_in(scene.evaluator)
    steps, text = preview(client, scene)
    MeasurementFactory(indicator=visits, on=date(2020, 6, 30), value=Decimal(1204))
    answer = client.post(f"{steps}/preview", data={"seen": seen(text)})
    assert answer.status_code == 409
    assert len(values()) == 1


def test_it_is_undone_as_a_whole_unless_something_stands_on_it(client, scene, visits):
    client.sign_in(scene.evaluator)
    steps, text = preview(client, scene)
    run = client.post(f"{steps}/preview", data={"seen": seen(text)}).location
    assert "3 values are taken out" in client.get(f"{run}/undo").text
    assert client.post(f"{run}/undo").status_code == 303
    assert not values()
    assert db.session.scalar(sa.select(MeasurementImport.undone_at)) is not None
    steps, text = preview(client, scene)
    run = client.post(f"{steps}/preview", data={"seen": seen(text)}).location
    one = values()[0]
    client.sign_in(scene.second)
    url = f"{scene.url}/{one.indicator_id}/values/{one.id}/approve"
    assert client.post(url, data={"version": 1}).status_code == 303
    assert client.post(f"{run}/undo").status_code == 422
    assert len(values()) == 3


def test_yes_or_no_and_words(client, scene):
    scene.add(name="Panel meets", unit=Unit.YES_NO)
    scene.add(name="Mood", unit=Unit.NARRATIVE)
    client.sign_in(scene.evaluator)
    head = TABLE.splitlines()[0]
    text = f"{head}\nPanel meets,31/3/2021,Yes,,,\nMood,31/3/2021,Much calmer,,,\n"
    steps, shown = preview(client, scene, text)
    client.post(f"{steps}/preview", data={"seen": seen(shown)})
    assert {(value.yes, value.words) for value in values()} == {(True, ""), (None, "Much calmer")}


def test_readers_and_owners_import_nothing(client, scene):
    for role in (scene.reader, scene.contributor):
        assert client.sign_in(role).get(f"{scene.url}/import").status_code == 403
