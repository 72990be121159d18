"""The waiting list: its order, whoever is next, and one press that prepares their offer."""

import pytest

from app.cohorts.applications.models import Application
from app.cohorts.applications.moving import move
from app.cohorts.applications.stages import Mover, Stage
from app.cohorts.decisions import answering, waiting
from app.cohorts.decisions.models import Decision, DecisionKind, WaitingPlace
from app.extensions import db
from tests.client import new_id
from tests.cohorts.decisions.reading import mail, rows, stage_of, text_of
from tests.cohorts.decisions.reading import waiting as in_order
from tests.factories.cohorts_decisions import WaitingPlaceFactory, offered

URL = "/workstreams/cohort-2/applicants/decisions/waiting-list"


@pytest.fixture
def people(cohort):
    """Three who wait: their places on the list."""
    return [WaitingPlaceFactory(workstream_id=cohort.id, position=n).id for n in (1, 2, 3)]


def order(people):
    """The numbers of the three, in the order of the list."""
    places = sorted(rows(WaitingPlace), key=lambda place: place.position)
    return [people.index(place.id) + 1 for place in places]


class TestOrder:
    def test_up_down_and_to_a_place(self, cohort, client, people):
        client.sign_in(cohort.lead)
        for place, to, expected in (
            (people[2], "2", [1, 3, 2]),
            (people[0], "2", [3, 1, 2]),
            (people[1], "1", [2, 3, 1]),
            (people[2], "99", [2, 1, 3]),
        ):
            sent = {"place_id": str(place), "to": to}
            assert client.post(f"{URL}/move", data=sent).status_code == 303
            assert order(people) == expected
        assert [p.position for p in sorted(rows(WaitingPlace), key=lambda p: p.position)] == [
            1,
            2,
            3,
        ]
        page = client.htmx("POST", f"{URL}/move", data={"place_id": str(people[1]), "to": "2"})
        assert page.status_code == 200
        assert "is number 2 now" in page.headers["HX-Trigger"]

    @pytest.mark.parametrize(
        "wrong", [{"to": "0"}, {"to": "x"}, {"place_id": "x"}, {"place_id": new_id()}]
    )
    def test_nonsense_moves_nobody(self, cohort, client, people, wrong):
        client.sign_in(cohort.lead)
        sent = {"place_id": str(people[0]), "to": "3", **wrong}
        assert client.post(f"{URL}/move", data=sent).status_code == 422
        assert client.htmx("POST", f"{URL}/move", data=sent).status_code == 422
        assert order(people) == [1, 2, 3]

    def test_whoever_comes_back_stands_at_the_end_and_whoever_leaves_is_gone(self, cohort, people):
        back = offered(cohort.id)
        answering.decline(application=back, why="")
        move(application=back, to=Stage.WAITLISTED, mover=Mover.COORDINATOR)
        assert in_order()[-1] == back.id
        assert waiting.places_of(cohort.call)[back.id] == 4
        first = db.session.get_one(Application, in_order()[0])
        move(application=first, to=Stage.WITHDRAWN, mover=Mover.APPLICANT)
        assert len(in_order()) == 3
        assert waiting.places_of(cohort.call)[back.id] == 3
        assert first.id not in waiting.places_of(cohort.call)


class TestNext:
    def test_a_free_place_names_the_next_and_one_press_prepares_their_offer(
        self, cohort, client, people
    ):
        placed = [offered(cohort.id).id for _ in range(3)]
        first, second = in_order()[:2]
        client.sign_in(cohort.lead)
        page = text_of(client.get(URL))
        assert "Prepare an offer" not in page
        assert client.post(f"{URL}/offer-next").status_code == 422
        answering.decline(application=db.session.get_one(Application, placed[0]), why="")
        letters = len(mail())
        page = text_of(client.get(URL))
        assert "A place is free: offer it to" in page
        assert "next of 3 on the waiting list" in page
        answer = client.post(f"{URL}/offer-next")
        assert answer.status_code == 303
        (prepared,) = [d for d in rows(Decision) if d.release_id is None]
        assert (prepared.application_id, prepared.kind) == (first, DecisionKind.OFFER)
        assert prepared.reply_by.isoformat() == "2021-06-25T16:00:00+00:00"
        assert client.get(answer.location).status_code == 200
        assert client.post(f"{URL}/offer-next").status_code == 422, "the place is spoken for"
        assert stage_of(first) is Stage.WAITLISTED
        assert len(mail()) == letters, "nobody has been told"
        assert "Offer prepared" in text_of(client.get(URL))
        answering.decline(application=db.session.get_one(Application, placed[1]), why="")
        client.post(f"{URL}/offer-next")
        assert {d.application_id for d in rows(Decision) if d.release_id is None} == {first, second}
