"""The release: everything leaves together, in one transaction, and nobody gets two letters."""

import contextvars
import re
import threading

import pytest
import sqlalchemy as sa

from app.cohorts.applications.models import ApplicationMove
from app.cohorts.applications.moving import move
from app.cohorts.applications.stages import Mover, Stage
from app.cohorts.decisions import letters, queries, releasing, turns
from app.cohorts.decisions.models import Decision, DecisionKind, Letter, Release
from app.core.history import ChangeRecord
from app.extensions import db
from tests.client import HTMX, LintingClient
from tests.cohorts.decisions.reading import mail, rows, stage_of, text_of, waiting
from tests.databases import ON_POSTGRESQL
from tests.factories.cohorts_decisions import REPLY_BY, DecisionFactory, LetterFactory, offered

URL = "/workstreams/cohort-2/applicants/decisions"


def seen_on(page):
    return re.search(r'name="seen" value="(\w*)"', page)[1]


def prepare(cohort, *kinds, **about):
    """A prepared decision of each of these kinds; the ids of the applications."""
    return [
        DecisionFactory(
            workstream_id=cohort.id,
            kind=kind,
            rank=number,
            application=cohort.applied(Stage.INTERVIEW, **about),
        ).application_id
        for number, kind in enumerate(kinds, 1)
    ]


OFFER, WAITING, UNSUCCESSFUL = DecisionKind


class TestReleasing:
    @pytest.mark.parametrize("headers", [{}, HTMX])
    def test_everything_leaves_together_and_once(self, cohort, client, headers):
        offer, second, first, refused = prepare(cohort, OFFER, WAITING, WAITING, UNSUCCESSFUL)
        for application_id, rank in ((second, 2), (first, 1)):
            queries.prepared_for([application_id])[application_id].rank = rank
        client.sign_in(cohort.lead)
        page = client.get(f"{URL}/release").text
        assert "Release 4 decisions?" in page
        sent = {"seen": seen_on(page)}
        answer = client.post(f"{URL}/release", data=sent, headers=headers)
        assert answer.status_code == (204 if headers else 303)
        assert [stage_of(one) for one in (offer, second, first, refused)] == [
            Stage.OFFERED,
            Stage.WAITLISTED,
            Stage.WAITLISTED,
            Stage.UNSUCCESSFUL,
        ]
        assert waiting() == [first, second]
        (release,) = rows(Release)
        assert (release.offers, release.waiting, release.unsuccessful) == (1, 2, 1)
        assert (release.places, release.placed, release.over_reason) == (3, 1, "")
        assert release.released_by_id == cohort.lead.id
        moves = rows(ApplicationMove)
        assert {m.mover for m in moves} == {Mover.RELEASE}
        assert {m.batch_id for m in moves} == {release.id}
        assert len(mail()) == len(rows(Letter)) == 4
        again = client.post(f"{URL}/release", data=sent)
        assert again.status_code == 422
        assert releasing.NOTHING in text_of(again)
        assert len(mail()) == 4, "nobody gets two"

    def test_the_letter_as_sent_is_kept_without_the_link_that_opens_their_page(
        self, cohort, client
    ):
        prepare(cohort, OFFER, name="Nell Post")
        client.sign_in(cohort.lead)
        client.post(f"{URL}/release", data={"seen": seen_on(client.get(f"{URL}/release").text)})
        (message,), (letter,) = mail(), rows(Letter)
        assert "/apply/cohort-2/link/" in message.body
        assert message.body.startswith("Dear Nell Post\n")
        assert "Nell" not in message.subject
        assert letter.body.startswith("Dear Nell Post\n")
        assert letters.LINK_COMES_HERE in letter.body
        assert "/link/" not in letter.body

    def test_what_changed_since_it_was_looked_at_does_not_leave(self, cohort, client):
        prepare(cohort, OFFER)
        client.sign_in(cohort.lead)
        seen = seen_on(client.get(f"{URL}/release").text)
        rows(Decision)[0].feedback = "Changed"
        answer = client.post(f"{URL}/release", data={"seen": seen})
        assert answer.status_code == 422
        assert releasing.CHANGED in text_of(answer)
        assert mail() == []
        assert client.post(f"{URL}/release", data={"seen": ""}).status_code == 422

    def test_what_cannot_be_released_now_stays_behind(self, cohort, client):
        stays, goes = prepare(cohort, OFFER, OFFER)
        application = queries.prepared_for([stays])[stays].application
        application.stage = Stage.SUBMITTED
        client.sign_in(cohort.lead)
        page = client.get(f"{URL}/release").text
        assert "1 decision stays behind" in page
        client.post(f"{URL}/release", data={"seen": seen_on(page)})
        assert (stage_of(stays), stage_of(goes)) == (Stage.SUBMITTED, Stage.OFFERED)
        assert len(mail()) == 1

    def test_history_has_one_line_for_all_of_it(self, cohort, client):
        prepare(cohort, OFFER, UNSUCCESSFUL)
        client.sign_in(cohort.lead)
        client.post(f"{URL}/release", data={"seen": seen_on(client.get(f"{URL}/release").text)})
        release = rows(Release)[0]
        parts = db.session.scalars(
            sa.select(ChangeRecord).where(ChangeRecord.part_of_id == release.id)
        ).all()
        assert {p.subject_type for p in parts} >= {"applications", "decisions"}
        page = text_of(client.get("/workstreams/cohort-2/history"))
        assert "Decisions released" in page


class TestPlaces:
    def release(self, cohort, reason=""):
        ready = [d for d in queries.prepared(cohort.call) if queries.is_ready(d)]
        seen = releasing.fingerprint(ready, letters.templates_of(cohort.call))
        return releasing.release(call=cohort.call, by=cohort.lead, seen=seen, over_reason=reason)

    def test_offers_never_exceed_places_unless_a_reason_is_given(self, cohort, client):
        for stage in (Stage.OFFERED, Stage.ACCEPTED, Stage.ENROLLED):
            offered(cohort.id, stage=stage)
        prepare(cohort, OFFER)
        client.sign_in(cohort.lead)
        page = client.get(f"{URL}/release").text
        assert "That is 1 more offer than there are places." in page
        sent = {"seen": seen_on(page)}
        answer = client.post(f"{URL}/release", data=sent)
        assert answer.status_code == 422
        assert "There are 3 places, 3 taken. 1 more offer would make 4." in text_of(answer)
        assert mail() == []
        sent["over_reason"] = "One of them will start late"
        assert client.post(f"{URL}/release", data=sent).status_code == 303
        kept = rows(Release)[-1]
        assert (kept.placed, kept.over_reason) == (4, "One of them will start late")
        assert "One of them will start late" in client.get(f"{URL}/releases").text

    def test_a_place_that_was_declined_is_free(self, cohort):
        for stage in (Stage.OFFERED, Stage.ACCEPTED, Stage.DECLINED, Stage.WITHDRAWN):
            offered(cohort.id, stage=stage)
        prepare(cohort, OFFER)
        assert self.release(cohort).placed == 3

    def test_an_offer_that_has_lapsed_holds_no_place(self, cohort):
        late = [offered(cohort.id, reply_by=REPLY_BY.replace(month=6, day=17)).id for _ in range(3)]
        prepare(cohort, OFFER, OFFER, OFFER)
        assert self.release(cohort).placed == 3
        assert {stage_of(one) for one in late} == {Stage.DECLINED}

    def test_a_full_cohort_can_still_refuse_people(self, cohort):
        for _ in range(4):
            offered(cohort.id)
        prepare(cohort, WAITING, UNSUCCESSFUL)
        assert self.release(cohort).offers == 0

    def test_the_database_itself_wants_a_reason(self, cohort):
        with pytest.raises(sa.exc.IntegrityError):
            offers = {"offers": 1, "waiting": 0, "unsuccessful": 0}
            db.session.add(Release(workstream_id=cohort.id, places=3, placed=4, **offers))
            db.session.flush()
        db.session.rollback()

    def test_the_database_itself_keeps_one_letter_for_a_decision(self, cohort):
        decision = offered(cohort.id) and rows(Decision)[0]
        with pytest.raises(sa.exc.IntegrityError):
            LetterFactory(decision=decision)
        db.session.rollback()


class TestTwoAtOnce:
    """Real threads on both engines."""

    @pytest.fixture
    def together(self, cohort, app, monkeypatch):
        """Both press at once; the status and page of each."""

        def press(*sent):
            leads = [cohort.lead, cohort.administrator]
            clients = [app.test_client().sign_in(user) for user in leads]
            tokens = [client.csrf_token() for client in clients]
            db.session.remove()
            # On PostgreSQL both are at the door before either goes on. (On SQLite the second cannot
            # begin before the first has committed.)
            door = threading.Barrier(2 if ON_POSTGRESQL else 1)
            take_turns = turns.take_turns

            def when_both_are_there(call):
                door.wait(20)
                take_turns(call)

            monkeypatch.setattr(releasing, "take_turns", when_both_are_there)
            start, answers = threading.Barrier(2), []

            def one(client, token, data):
                start.wait(20)
                answer = contextvars.Context().run(
                    super(LintingClient, client).open,
                    f"{URL}/release",
                    method="POST",
                    data={"csrf_token": token, **data},
                )
                answers.append((answer.status_code, " ".join(answer.text.split())))

            threads = [
                threading.Thread(target=one, args=each)
                for each in zip(clients, tokens, sent, strict=True)
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(60)
            return sorted(answers)

        return press

    def seen(self, cohort):
        ready = queries.prepared(cohort.call)
        return releasing.fingerprint(ready, letters.templates_of(cohort.call))

    def test_nobody_gets_two_letters(self, cohort, together):
        prepare(cohort, OFFER, WAITING, UNSUCCESSFUL)
        data = {"seen": self.seen(cohort)}
        (done, _), (refused, words) = together(data, data)
        assert (done, refused) == (303, 422)
        assert releasing.NOTHING in words
        assert len(rows(Release)) == 1
        assert len(mail()) == len(rows(Letter)) == 3
        db.session.remove()

    def test_places_are_counted_with_those_that_the_other_has_just_offered(
        self, cohort, together, monkeypatch
    ):
        """Each of two releases two of four prepared offers: alone, either would fit into 3 places."""
        prepare(cohort, OFFER, OFFER, OFFER, OFFER)
        ids = [d.id for d in queries.prepared(cohort.call)]
        halves = {
            releasing.fingerprint(
                [d for d in queries.prepared(cohort.call) if d.id in half],
                letters.templates_of(cohort.call),
            ): half
            for half in (ids[:2], ids[2:])
        }
        mine = threading.local()
        every = queries.prepared

        def of_mine(call, *, lock=False):
            found = every(call, lock=lock)
            return [d for d in found if d.id in mine.half] if lock else found

        release = releasing.release

        def release_half(*, seen, **rest):
            mine.half = halves[seen]
            return release(seen=seen, **rest)

        monkeypatch.setattr(queries, "prepared", of_mine)
        monkeypatch.setattr(releasing, "release", release_half)
        (done, _), (refused, words) = together(*({"seen": seen} for seen in halves))
        assert (done, refused) == (303, 422)
        assert "There are 3 places, 2 taken. 2 more offers would make 4." in words
        assert queries.placed_count(cohort.id) == 2
        assert len(mail()) == 2
        db.session.remove()


class TestOnPaper:
    def test_the_release_says_whom_to_tell_and_gives_letters_to_print(self, cohort, client):
        (paper,) = prepare(cohort, OFFER, email=None, name="Nell <b>", phone="0116 496 0001")
        DecisionFactory(workstream_id=cohort.id)
        client.sign_in(cohort.lead)
        page = client.get(f"{URL}/release").text
        assert "1 person has no e-mail address" in page
        answer = client.post(f"{URL}/release", data={"seen": seen_on(page)})
        assert len(mail()) == 1
        page = client.get(answer.location).text
        assert "0116 496 0001" in page
        assert "1 person has no e-mail address and is still to be told" in text_of(
            client.get(answer.location)
        )
        printed = client.get(f"{answer.location}/letters").text
        assert printed.count("wm-sheet") == 1
        assert "Dear Nell &lt;b&gt;" in printed
        assert "<b>" not in printed
        assert "By telephone or letter." in printed
        assert client.get(f"{answer.location}/letters?all=1").text.count("wm-sheet") == 2
        assert stage_of(paper) is Stage.OFFERED

    def test_telling_them_is_ticked_and_taken_back(self, cohort, client):
        person = offered(cohort.id, email=None)
        letter = db.session.scalars(
            sa.select(Letter).where(Letter.application_id == person.id)
        ).one()
        letter.by_email = False
        letter_id, release = letter.id, f"{URL}/releases/{letter.release_id}"
        url = f"{release}/letters/{letter.id}/told"
        client.sign_in(cohort.lead)
        for _ in range(2):
            assert client.post(url).status_code == 303
        told_at = db.session.get_one(Letter, letter_id).told_at
        assert told_at is not None
        answer = client.htmx("POST", url, data={"undo": "1"})
        assert "Mark as told" in answer.text
        assert db.session.get_one(Letter, letter_id).told_at is None
        db.session.get_one(Letter, letter_id).by_email = True
        assert client.post(url).status_code == 422

    def test_a_letter_of_another_release_is_not_found(self, cohort, client):
        offered(cohort.id)
        offered(cohort.id)
        first, second = rows(Letter)
        url = f"{URL}/releases/{first.release_id}/letters/{second.id}/told"
        assert client.sign_in(cohort.lead).post(url).status_code == 404


def test_after_an_appeal_there_is_a_new_decision_and_the_earlier_is_kept(cohort, client):
    (person_id,) = prepare(cohort, UNSUCCESSFUL)
    client.sign_in(cohort.lead)
    client.post(f"{URL}/release", data={"seen": seen_on(client.get(f"{URL}/release").text)})
    application = rows(Decision)[0].application
    move(application=application, to=Stage.ELIGIBLE, mover=Mover.COORDINATOR)
    DecisionFactory(workstream_id=cohort.id, application=application)
    client.post(f"{URL}/release", data={"seen": seen_on(client.get(f"{URL}/release").text)})
    assert stage_of(person_id) is Stage.OFFERED
    assert [d.kind for d in rows(Decision)] == [UNSUCCESSFUL, OFFER]
    assert len(rows(Letter)) == 2
