"""The pages of the form: each saves by itself, and leads to the next."""

import pytest
import sqlalchemy as sa

from app.cohorts.applications.models import Answer, Source
from app.cohorts.applications.stages import Stage
from app.cohorts.applying import sources
from app.cohorts.areas import Area
from app.cohorts.call.models import QuestionKind
from app.core import clock
from app.core.history import ChangeRecord
from app.extensions import db
from tests.cohorts.applying.applicant import sent_before, write_everything
from tests.factories.cohorts import ApplicationFactory, QuestionFactory
from tests.factories.workstreams import BodyFactory


def place(applicant, answer) -> str:
    """Where an answer leads, below the applicant's own page."""
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"].removeprefix(applicant.own)


def test_the_list_says_what_is_to_be_done(applicant):
    page = applicant.get().text
    assert "4 things" not in page and "5 things" in page
    assert page.count("To do") == 4  # name, birth, area, the condition
    assert page.count("Cannot start yet") == 3  # the question, where they heard of it, help
    write_everything(applicant)
    page = applicant.get().text
    assert "Everything is answered" in page
    assert "Cannot start yet" not in page and "To do" not in page


def test_each_page_saves_and_leads_to_the_next(applicant, condition, question):
    way = [
        ("/name", "Ana Test", "/telephone"),
        ("/telephone", "07700 900123", "/date-of-birth"),
        ("/date-of-birth", "1 May 2000", "/area"),
        ("/area", "charnwood", f"/conditions/{condition.id}"),
        (f"/conditions/{condition.id}", "yes", f"/questions/{question.id}"),
        (f"/questions/{question.id}", "More buses", "/heard-of-it"),
        ("/heard-of-it", "social_media", "/help-to-take-part"),
        ("/help-to-take-part", "A signer", "/check"),
    ]
    for path, answer, then in way:
        assert place(applicant, applicant.save(path, answer)) == then, path
    kept = applicant.application
    assert (kept.name, kept.phone, kept.area) == ("Ana Test", "07700 900123", Area.CHARNWOOD)
    assert (kept.born_on.isoformat(), kept.age) == ("2000-05-01", 21)
    assert kept.eligibility == {str(condition.id): True}
    assert (kept.source, kept.adjustments) == (Source.SOCIAL_MEDIA, "A signer")
    answer = applicant.answer_to(question)
    assert answer.value == ["More buses"]
    assert answer.asked == question.as_asked()


def test_one_can_save_and_go_to_the_list(applicant):
    answer = applicant.client.post(
        f"{applicant.own}/name?back=list",
        data={"version": applicant.fingerprint("/name"), "answer": "Ana"},
    )
    assert place(applicant, answer) == ""
    assert applicant.application.name == "Ana"


@pytest.mark.parametrize(
    ("path", "typed", "words"),
    [
        ("/name", "", "Enter your name"),
        ("/name", "x" * 121, "Use at most 120 characters"),
        ("/telephone", "ring my mum", "Enter a telephone number, like"),
        ("/date-of-birth", "", "Enter your date of birth"),
        ("/date-of-birth", "soon", "Enter a date like"),
        ("/date-of-birth", "1 May 2030", "must be in the past"),
        ("/date-of-birth", "1 5 99", "must be in the past"),
        ("/date-of-birth", "1 May 1901", "Check the year"),
        ("/area", "the moon", "Choose one from the list"),
        ("/help-to-take-part", "x" * 5001, "Use at most 5,000 characters"),
    ],
)
def test_what_cannot_be_right_is_shown_again_with_every_word(applicant, path, typed, words):
    if path == "/help-to-take-part":
        write_everything(applicant)
    answer = applicant.save(path, typed)
    assert answer.status_code == 422
    assert words in answer.text
    if typed and path != "/area" and typed != "1 5 99":
        assert typed in answer.text
    assert applicant.application.name in ("", "Ana Test")


def test_an_answer_that_is_too_long_is_kept_on_the_page(applicant, question):
    write_everything(applicant)
    long = "word " * 21
    answer = applicant.save(f"/questions/{question.id}", long)
    assert answer.status_code == 422
    assert "this is 1 word too long" in answer.text
    assert long.strip() in answer.text


def test_optional_answers_can_be_left_out_and_emptied(applicant, call):
    optional = QuestionFactory(call=call, required=False, position=5)
    write_everything(applicant)
    path = f"/questions/{optional.id}"
    assert applicant.save(path, "").status_code == 303
    assert applicant.save(path, "Something").status_code == 303
    assert applicant.save(path, "").status_code == 303
    assert applicant.answer_to(optional).value == []
    assert "Optional" in applicant.get().text


@pytest.mark.parametrize(
    ("kind", "options", "typed", "kept", "words"),
    [
        (QuestionKind.YES_NO, [], "no", ["no"], "No"),
        (QuestionKind.DATE, [], "1 Sept 2021", ["2021-09-01"], "1 September 2021"),
        (QuestionKind.ONE_CHOICE, ["Red", "Blue"], "Blue", ["Blue"], "Blue"),
        (QuestionKind.SEVERAL_CHOICES, ["Red", "Blue", "Green"], ["Red", "Green"],
         ["Red", "Green"], "Red\nGreen"),
    ],
)  # fmt: skip
def test_questions_of_every_kind(applicant, call, kind, options, typed, kept, words):
    write_everything(applicant)
    asked = QuestionFactory(call=call, kind=kind, options=options, position=9)
    assert applicant.save(f"/questions/{asked.id}", typed).status_code == 303
    assert applicant.answer_to(asked).value == kept
    assert words in applicant.get("/check").text
    # Opened again it is filled in, and saved again it is no conflict.
    assert applicant.save(f"/questions/{asked.id}", typed).status_code == 303


def test_an_answer_keeps_the_words_that_it_was_asked_in(applicant, question):
    write_everything(applicant)
    applicant.save(f"/questions/{question.id}", "More buses")
    question.text = "What would you make better?"
    check = applicant.get("/check").text
    assert "What would you change?" in check
    applicant.save(f"/questions/{question.id}", "More trams")
    assert applicant.answer_to(question).asked["text"] == "What would you make better?"


def test_a_question_of_another_kind_opens_empty_and_keeps_the_old_answer(applicant, question):
    write_everything(applicant)
    applicant.save(f"/questions/{question.id}", "More buses")
    question.kind, question.word_limit = QuestionKind.DATE, None
    assert "More buses" not in applicant.get(f"/questions/{question.id}").text
    assert "More buses" in applicant.get("/check").text


def test_two_tabs_at_one_page_lose_nothing(applicant, question):
    write_everything(applicant)
    path = f"/questions/{question.id}"
    opened = applicant.fingerprint(path)
    assert applicant.save(path, "From the first tab", opened_at=opened).status_code == 303
    answer = applicant.save(path, "From the second tab", opened_at=opened)
    assert answer.status_code == 409
    assert "You have saved something else here" in answer.text
    assert "From the first tab" in answer.text and "From the second tab" in answer.text
    assert applicant.answer_to(question).value == ["From the first tab"]
    # Saving again, with both in view, is a decision.
    again = answer.text.split('name="version" value="')[1].split('"')[0]
    assert applicant.save(path, "From the second tab", opened_at=again).status_code == 303
    assert applicant.answer_to(question).value == ["From the second tab"]


def test_two_tabs_at_two_pages_do_not_meet(applicant, question):
    write_everything(applicant)
    first, second = f"/questions/{question.id}", "/name"
    opened = applicant.fingerprint(first), applicant.fingerprint(second)
    assert applicant.save(second, "Bea", opened_at=opened[1]).status_code == 303
    assert applicant.save(first, "More buses", opened_at=opened[0]).status_code == 303


def test_the_same_words_sent_twice_are_saved_once(applicant, question):
    write_everything(applicant)
    opened = applicant.fingerprint("/name")
    for _ in range(2):
        assert applicant.save("/name", "Bea", opened_at=opened).status_code == 303
    path = f"/questions/{question.id}"
    opened = applicant.fingerprint(path)
    for _ in range(2):
        assert applicant.save(path, "More buses", opened_at=opened).status_code == 303
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Answer)) == 1


def test_a_form_without_its_fingerprint_overwrites_nothing(applicant):
    write_everything(applicant)
    answer = applicant.client.post(f"{applicant.own}/name", data={"answer": "Mallory"})
    assert answer.status_code == 409
    assert applicant.application.name == "Ana Test"


def test_history_keeps_what_is_personal_apart(applicant):
    applicant.save("/name", "Zelda Quist")
    records = db.session.scalars(
        sa.select(ChangeRecord).where(ChangeRecord.subject_id == applicant.application.id)
    ).all()
    assert "Zelda Quist" in str([r.personal for r in records])
    assert "Zelda Quist" not in str([r.changes for r in records])
    assert {r.actor_id for r in records} == {None}


def test_a_page_that_is_none_is_not_found(applicant, call):
    write_everything(applicant)
    elsewhere = QuestionFactory()
    assert applicant.get(f"/questions/{elsewhere.id}").status_code == 404
    assert applicant.get("/who-told-you").status_code == 404
    assert applicant.get("/nonsense").status_code == 404


def test_an_archived_question_is_asked_no_more(applicant, question):
    write_everything(applicant)
    question.archived_at = clock.now()
    assert applicant.get(f"/questions/{question.id}").status_code == 404
    assert "What would you change?" not in applicant.get("/check").text


# Where they heard of it


def test_which_partnership_is_asked_next(applicant):
    csp = BodyFactory(name="Charnwood CSP", is_csp=True)
    BodyFactory(name="A board of another kind")
    write_everything(applicant)
    assert place(applicant, applicant.save("/heard-of-it", "csp")) == "/which-partnership"
    page = applicant.get("/which-partnership").text
    assert "Charnwood CSP" in page and "another kind" not in page
    then = place(applicant, applicant.save("/which-partnership", str(csp.id)))
    assert then == "/help-to-take-part"
    assert applicant.application.source_body_id == csp.id
    assert "Charnwood CSP" in applicant.get("/check").text
    # Another source: what was said of the first is not about it.
    applicant.save("/heard-of-it", "youth_group")
    assert applicant.application.source_body_id is None


def test_leaders_who_agreed_are_named(applicant, call, monkeypatch):
    first = ApplicationFactory(stage=Stage.ENROLLED)
    other = ApplicationFactory(stage=Stage.ENROLLED)
    named, call_id = [(first.id, "Zoe Leader"), (other.id, "Amir Leader")], call.id
    monkeypatch.setattr(sources, "_LEADERS", [])
    write_everything(applicant)
    # Nobody has agreed to be named: nothing more is asked.
    assert place(applicant, applicant.save("/heard-of-it", "leader")) == "/help-to-take-part"
    sources.add_leaders(lambda of: named if of.id == call_id else [])
    applicant.save("/heard-of-it", "other")
    assert place(applicant, applicant.save("/heard-of-it", "leader")) == "/who-told-you"
    page = applicant.get("/who-told-you").text
    assert page.index("Amir Leader") < page.index("Zoe Leader")
    applicant.save("/who-told-you", str(first.id))
    assert applicant.application.source_leader_id == first.id
    stranger = ApplicationFactory()
    assert applicant.save("/who-told-you", str(stranger.id)).status_code == 422
    applicant.save("/who-told-you", "")
    assert applicant.application.source_leader_id is None


def test_anywhere_else_is_told_in_words_and_from_check_leads_back(applicant):
    write_everything(applicant)
    answer = applicant.client.post(
        f"{applicant.own}/heard-of-it?back=check",
        data={"version": applicant.fingerprint("/heard-of-it"), "answer": "other"},
    )
    assert place(applicant, answer) == "/where-else?back=check"
    answer = applicant.client.post(
        f"{applicant.own}/where-else?back=check",
        data={"version": applicant.fingerprint("/where-else"), "answer": "A poster"},
    )
    assert place(applicant, answer) == "/check"
    assert applicant.application.source_text == "A poster"


def test_editing_what_was_sent_keeps_it_sent(applicant, question):
    sent_before(applicant)
    mails = len(applicant.mails())
    path = f"/questions/{question.id}"
    assert place(applicant, applicant.save(path, "More trams")) == "/check"
    assert applicant.application.stage is Stage.SUBMITTED
    assert applicant.answer_to(question).value == ["More trams"]
    assert len(applicant.mails()) == mails
    # What is required cannot be emptied.
    assert applicant.save(path, "").status_code == 422
    assert applicant.answer_to(question).value == ["More trams"]
    assert "What you change here is part of it at once" in applicant.get("/check").text


@pytest.mark.parametrize("stage", [Stage.ELIGIBLE, Stage.SHORTLISTED])
def test_how_far_they_have_come_cannot_be_read_from_what_they_can_do(applicant, stage):
    sent_before(applicant)
    before = applicant.get().text
    applicant.application.stage = stage
    after = applicant.get().text
    plain = [page[page.index("<main") : page.index("</main>")] for page in (before, after)]
    assert _without_tokens(plain[0]) == _without_tokens(plain[1])
    assert applicant.save("/name", "Bea").status_code == 303


def _without_tokens(page: str) -> list[str]:
    return [line for line in page.splitlines() if "csrf_token" not in line]


def test_once_decided_nothing_is_changed_any_more(applicant):
    sent_before(applicant)
    opened = applicant.fingerprint("/name")
    applicant.application.stage = Stage.INTERVIEW
    assert place(applicant, applicant.get("/name")) == ""
    answer = applicant.save("/name", "Bea", opened_at=opened)
    assert answer.status_code == 422
    assert "Your application cannot be changed now" in answer.text
    assert applicant.application.name == "Ana Test"
