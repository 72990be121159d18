"""Letters: a cohort's words, filled in for one person, plain text throughout."""

import pytest

from app.cohorts.applications.stages import Stage
from app.cohorts.call.models import Call
from app.cohorts.decisions import letters
from app.cohorts.decisions.models import DecisionKind, LetterTemplate
from app.extensions import db
from tests.cohorts.decisions.reading import rows, text_of
from tests.factories.cohorts import CallFactory
from tests.factories.cohorts_decisions import DecisionFactory, LetterTemplateFactory

KINDS = [kind.value for kind in DecisionKind]


class TestFillingIn:
    def test_every_field_of_waymarks_letters_is_filled_in(self, cohort):
        templates = letters.templates_of(cohort.call)
        for kind in DecisionKind:
            person = cohort.applied(Stage.INTERVIEW, name="Nell Post")
            decision = DecisionFactory(
                workstream_id=cohort.id, application=person, kind=kind, feedback="Well said."
            )
            letter = letters.letter_for(decision, templates)
            assert "{" not in letter.subject + letter.body
            assert "Nell Post" not in letter.subject
            assert "Dear Nell Post" in letter.body
            assert "Cohort 2" in letter.body
            assert "Well said." in letter.body
            assert person.reference in letter.body
        assert (
            "20 August 2021 at 5:00pm"
            in letters.letter_for(DecisionFactory(workstream_id=cohort.id), templates).body
        )

    def test_no_feedback_leaves_no_gap(self, cohort):
        letter = letters.letter_for(
            DecisionFactory(workstream_id=cohort.id), letters.templates_of(cohort.call)
        )
        assert "\n\n\n" not in letter.body

    def test_what_somebody_typed_is_never_read_as_a_field(self, cohort):
        person = cohort.applied(Stage.INTERVIEW, name="{reply_by}{link} <b>Nell</b>")
        decision = DecisionFactory(workstream_id=cohort.id, application=person)
        letter = letters.letter_for(decision, letters.templates_of(cohort.call), link="SECRET")
        assert "Dear {reply_by}{link} <b>Nell</b>\n" in letter.body
        assert letter.body.count("SECRET") == 1

    def test_whoever_has_no_address_is_asked_to_ring_or_write(self, cohort):
        person = cohort.applied(Stage.INTERVIEW, email=None)
        decision = DecisionFactory(workstream_id=cohort.id, application=person)
        letter = letters.letter_for(decision, letters.templates_of(cohort.call))
        assert f"By telephone or letter. Your reference is {person.reference}." in letter.body


class TestTemplates:
    url = "/workstreams/cohort-2/call/letters"

    def data(self, **values):
        return {
            "version": "0",
            "subject": "Hello from {cohort}",
            "body": "Dear {name}\n\nWords",
            **values,
        }

    def test_a_cohorts_own_words_are_written_changed_and_given_up(self, cohort, client):
        client.sign_in(cohort.lead)
        assert text_of(client.get(self.url)).count("Waymark’s words") == 3
        assert client.post(f"{self.url}/offer/edit", data=self.data()).status_code == 303
        page = text_of(client.get(self.url))
        assert "Hello from {cohort}" in page
        assert "This cohort’s own words" in page
        changed = self.data(version="1", body="Other")
        assert client.post(f"{self.url}/offer/edit", data=changed).status_code == 303
        assert client.post(f"{self.url}/offer/default", data={"version": "1"}).status_code == 409
        assert client.post(f"{self.url}/offer/default", data={"version": "2"}).status_code == 303
        assert rows(LetterTemplate) == []

    def test_a_stale_form_shows_both_texts(self, cohort, client):
        client.sign_in(cohort.lead)
        LetterTemplateFactory(workstream_id=cohort.id, call_id=cohort.call_id, body="Theirs")
        answer = client.post(f"{self.url}/offer/edit", data=self.data(body="Mine"))
        assert answer.status_code == 409
        assert "Theirs" in answer.text
        assert "Mine" in answer.text
        answer = client.post(
            f"{self.url}/unsuccessful/edit", data=self.data(version="3", body="Mine")
        )
        assert answer.status_code == 409, "somebody has given the cohort's words up meanwhile"

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            ({"subject": ""}, "Enter a subject"),
            ({"body": " "}, "Write the letter"),
            ({"body": "Dear {nmae}"}, "There is no {nmae}. You can use {name}, {cohort}"),
            ({"subject": "For {name}"}, "A subject cannot have {name}"),
            ({"subject": "x" * 201}, "200 characters or fewer"),
        ],
    )
    def test_what_is_wrong_says_why(self, cohort, client, wrong, words):
        answer = client.sign_in(cohort.lead).post(f"{self.url}/offer/edit", data=self.data(**wrong))
        assert answer.status_code == 422
        assert words in text_of(answer)

    def test_no_other_kinds(self, cohort, client):
        client.sign_in(cohort.lead)
        assert client.get(f"{self.url}/nonsense/edit").status_code == 404

    def test_markup_is_shown_as_typed(self, cohort, client):
        LetterTemplateFactory(
            workstream_id=cohort.id, call_id=cohort.call_id, body="<script>alert(1)</script>"
        )
        page = client.sign_in(cohort.lead).get(self.url).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page

    def test_they_are_copied_where_there_are_none(self, cohort):
        LetterTemplateFactory(workstream_id=cohort.id, call_id=cohort.call_id, body="Ours")
        other = CallFactory()
        for _ in range(2):
            letters.copy_letters(cohort.call, db.session.get_one(Call, other.id))
        assert [t.body for t in rows(LetterTemplate)] == ["Ours", "Ours"]
        assert letters.templates_of(other)[DecisionKind.OFFER].body == "Ours"
