"""A survey's answers become measurements with their sample and how sure they can be."""

from datetime import date
from io import BytesIO

import pytest
import sqlalchemy as sa

from app.extensions import db
from app.importing.models import Upload
from app.indicators.models import Measurement, MeasurementStatus, SurveyRound
from app.indicators.surveys.interval import wilson
from tests.factories.indicators import MeasurementFactory


@pytest.mark.parametrize(
    ("numerator", "denominator", "low", "high"),
    [
        # Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine
        # 17 (1998), table I, method 3 (score).
        (81, 263, 25.53, 36.62),
        (15, 148, 6.24, 16.05),
        (0, 20, 0.00, 16.11),
        (1, 29, 0.61, 17.18),
    ],
)
def test_the_interval_is_that_of_published_tables(numerator, denominator, low, high):
    found = wilson(numerator, denominator)
    assert [float(end) for end in found] == pytest.approx([low, high], abs=0.006)


SAFE = "How safe do you feel?"
ANSWERS = [
    *["Very safe"] * 9,
    *["fairly  SAFE"] * 5,
    *["Not very safe"] * 6,
    *["Don’t know"] * 3,
    *[""] * 2,
]
TABLE = f"Age,{SAFE},Why?\n" + "".join(f"{n + 11},{a},because {n}\n" for n, a in enumerate(ANSWERS))


def steps_of(client, scene, text=TABLE):
    data = {"file": (BytesIO(text.encode()), "answers.csv"), "csrf_token": client.csrf_token()}
    url = f"{scene.url}/surveys/add"
    answer = client.post(url, data=data, content_type="multipart/form-data")
    assert answer.status_code == 303, answer.text
    return answer.location.removesuffix("/questions")


def questions(scene, column="1"):
    return {
        "headings": "0",
        "title": "Perception survey",
        "ended_on": "16 June 2021",
        "began_on": "7 June 2021",
        "method": "On-line",
        f"column_{scene.indicator_id}": column,
    }


# As guessed: two answers count, one does not, "don't know" is left out.
JUDGED = {
    "answer_0_0": "counts",
    "answer_0_1": "does_not",
    "answer_0_2": "counts",
    "answer_0_3": "left_out",
}


def previewed(client, scene):
    steps = steps_of(client, scene)
    assert client.post(f"{steps}/questions", data=questions(scene)).status_code == 303
    shown = client.get(f"{steps}/answers").text
    assert "“fairly SAFE”: 5 people" in shown
    assert client.post(f"{steps}/answers", data=JUDGED).status_code == 303
    return steps, client.get(f"{steps}/preview").text


def seen(text):
    return text.split('name="seen" value="')[1].split('"')[0]


def test_from_a_file_to_a_value_with_its_interval(client, scene):
    client.sign_in(scene.evaluator)
    steps, text = previewed(client, scene)
    assert "14 of 20 delegates (70%)" in text
    assert "48.1% to 85.5%" in text
    answer = client.post(f"{steps}/preview", data={"seen": seen(text)})
    assert answer.status_code == 303
    value = db.session.scalars(sa.select(Measurement)).one()
    assert (value.numerator, value.denominator, value.sample_size) == (14, 20, 23)
    assert value.on == date(2021, 6, 16)
    assert value.status is MeasurementStatus.DRAFT
    survey = db.session.scalars(sa.select(SurveyRound)).one()
    assert survey.answers == 25
    assert survey.mapping[SAFE]["counts"] == ["Very safe", "fairly SAFE"]
    # What people wrote is not kept.
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Upload)) == 0
    page = client.get(answer.location).text
    assert "scipy.stats.binomtest" in page
    assert "48.1% to 85.5%" in page
    assert "23 people" in page
    assert client.post(f"{steps}/preview", data={"seen": seen(text)}).status_code == 303
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Measurement)) == 1


def test_what_is_asked_for_is_said(client, scene):
    client.sign_in(scene.evaluator)
    steps = steps_of(client, scene)
    none = client.post(f"{steps}/questions", data=questions(scene, ""))
    assert none.status_code == 422
    assert "Choose the question of at least one indicator" in none.text
    later = questions(scene) | {"ended_on": "1 July 2021"}
    assert "still to come" in client.post(f"{steps}/questions", data=later).text
    client.post(f"{steps}/questions", data=questions(scene))
    nothing = dict.fromkeys(JUDGED, "does_not")
    refused = client.post(f"{steps}/answers", data=nothing)
    assert "choose at least one answer that counts" in refused.text


def test_a_question_answered_in_words_is_no_question(client, scene):
    many = "Q,Why?\n" + "".join(f"yes,because {n}\n" for n in range(30))
    client.sign_in(scene.evaluator)
    steps = steps_of(client, scene, many)
    client.post(f"{steps}/questions", data=questions(scene))
    data = {f"answer_0_{n}": "counts" for n in range(26)}
    assert "more than 25 different answers" in client.post(f"{steps}/answers", data=data).text


def test_a_day_that_has_a_value_is_refused_before_and_while_it_is_put_in(client, scene):
    client.sign_in(scene.evaluator)
    steps, text = previewed(client, scene)
    MeasurementFactory(indicator=scene.indicator, on=date(2021, 6, 16))
    answer = client.post(f"{steps}/preview", data={"seen": seen(text)})
    assert answer.status_code == 409
    assert "There is a value for this day already" in answer.text
    assert db.session.scalar(sa.select(sa.func.count()).select_from(SurveyRound)) == 0


def test_nobody_elses_file(client, scene):
    client.sign_in(scene.evaluator)
    steps = steps_of(client, scene)
    assert client.sign_in(scene.second).get(f"{steps}/questions").status_code == 404
