"""Asking for an update: whom, how often, the e-mail, and the flag until somebody posts one."""

import threading
import uuid
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from app.accounts.models import User
from app.core.errors import Refused
from app.core.history import ChangeRecord
from app.delivery import asking
from app.delivery.flags import ASKED, OVERDUE, delivery_flags
from app.delivery.models import Activity, Rag
from app.delivery.update_requests import UpdateRequest
from app.extensions import db
from app.outbox.models import Message
from app.workstreams.models import MemberRole, WorkstreamStatus
from app.workstreams.queries import find_place
from tests.client import new_id
from tests.conftest import TODAY
from tests.factories.accounts import UserFactory
from tests.factories.delivery import ActivityFactory, DeliveryPlanFactory, ProgressUpdateFactory
from tests.factories.workstreams import MembershipFactory, WorkstreamFactory


class Case:
    """A lead, and an activity shared with a contributor who needs nothing else."""

    def __init__(self):
        self.workstream = WorkstreamFactory(slug="new-parks", name="New Parks")
        self.plan = DeliveryPlanFactory(workstream_id=self.workstream.id)
        self.lead = self.member("Asha Lead", MemberRole.LEAD)
        self.tom = self.member("Tom Reid", MemberRole.CONTRIBUTOR)
        self.activity = ActivityFactory(
            plan=self.plan,
            what="Open the kitchen",
            rag=Rag.GREEN,
            last_word_on=TODAY,
            contributors=[self.tom],
        )
        self.url = f"/workstreams/new-parks/plan/activities/{self.activity.id}"

    def member(self, name, role, **more):
        user = UserFactory(**{"name": name, "can_sign_in": True, **more})
        return MembershipFactory(workstream_id=self.workstream.id, user=user, role=role).user

    def ask(self, by=None, of=None, message="", request_id=None):
        by = by or self.lead
        return asking.ask(
            request_id=request_id or uuid.uuid4(),
            place=find_place(by, "new-parks"),
            activity=self.activity,
            by=by,
            asked_of_id=(of or self.tom).id,
            message=message,
        )


@pytest.fixture
def case(app):
    return Case()


def mail():
    return db.session.scalars(sa.select(Message).order_by(Message.id)).all()


def test_a_lead_asks_and_the_person_gets_an_e_mail_with_the_way_there(client, case):
    client.sign_in(case.lead)
    assert f"{case.url}/ask" in client.get(case.url).text
    page = client.get(f"{case.url}/ask").text
    assert "Tom Reid" in page
    assert "even if they have turned the digest off" in page
    answer = client.post(
        f"{case.url}/ask",
        data={"id": new_id(), "person": str(case.tom.id), "message": "Is the oven in?"},
    )
    assert answer.status_code == 303
    shown = client.get(answer.location).text
    assert "Tom Reid is asked for an update by e-mail" in shown
    assert "Asha Lead asked Tom Reid for an update on 18 June 2021: “Is the oven in?”" in shown
    [message] = mail()
    assert message.recipient == case.tom.email
    assert message.subject == "Asha Lead asks you for an update"
    for words in ("Open the kitchen", "New Parks", "“Is the oven in?”", "at most once a week"):
        assert words in message.body
    assert f"https://localhost{case.url}/update" in message.body
    assert message.stop_url is None


def test_the_person_asked_sees_it_first_until_anybody_posts_an_update(client, case):
    case.activity.due_text, case.activity.due_on = "x", date(2021, 6, 1)
    case.ask(message="Is the oven in?")
    [flag] = delivery_flags(case.tom, TODAY)
    assert flag.kind is ASKED
    assert flag.why == (
        "Asha Lead asked you for an update on 18 June 2021: “Is the oven in?” "
        "It was due on 1 June 2021, 17 days ago."
    )
    assert flag.url == f"{case.url}/update"
    # Nobody else is the one asked.
    assert [f.kind for f in delivery_flags(case.lead, TODAY)] == [OVERDUE]
    assert "Asked of you" in client.sign_in(case.tom).get("/").text
    activity = db.session.get(Activity, case.activity.id)
    ProgressUpdateFactory(activity=activity, author_id=case.lead.id)
    assert [f.kind for f in delivery_flags(case.tom, TODAY)] == [OVERDUE]
    page = client.get(case.url).text
    assert "asked you for an update" not in page


def test_a_new_request_is_shown_though_the_last_was_put_off(case, app, monkeypatch):
    first = case.ask()
    [before] = delivery_flags(case.tom, TODAY)
    monkeypatch.setitem(app.config, "TODAY", TODAY + timedelta(days=7))
    second = case.ask()
    [after] = delivery_flags(case.tom, TODAY + timedelta(days=7))
    assert (before.subject_id, after.subject_id) == (first.id, second.id)


def test_a_row_is_asked_about_once_in_seven_days_whoever_asks_whomever(client, case, monkeypatch):
    other = case.member("Bea Stone", MemberRole.LEAD)
    ada = case.member("Ada Hill", MemberRole.CONTRIBUTOR)
    case.activity.contributors.append(ada)
    case.ask()
    words = (
        "Asha Lead asked Tom Reid on 18 June 2021. A row is asked about once in seven days: "
        "you can ask again from 25 June 2021."
    )
    with pytest.raises(Refused, match="once in seven days"):
        case.ask(by=other, of=ada)
    client.sign_in(other)
    assert words in client.get(f"{case.url}/ask").text
    refused = client.post(f"{case.url}/ask", data={"id": new_id(), "person": str(ada.id)})
    assert refused.status_code == 422
    assert words in refused.text
    assert len(mail()) == 1
    monkeypatch.setitem(client.application.config, "TODAY", TODAY + timedelta(days=6))
    assert words in client.get(f"{case.url}/ask").text
    monkeypatch.setitem(client.application.config, "TODAY", TODAY + timedelta(days=7))
    page = client.get(f"{case.url}/ask").text
    assert "Last asked: Asha Lead asked Tom Reid on 18 June 2021." in page
    case.activity = db.session.get(Activity, case.activity.id)
    case.ask(by=db.session.get(User, other.id), of=db.session.get(User, ada.id))
    assert len(mail()) == 2


def test_a_double_click_asks_once(client, case):
    data = {"id": new_id(), "person": str(case.tom.id), "message": "Please"}
    client.sign_in(case.lead)
    assert [client.post(f"{case.url}/ask", data=data).status_code for _ in range(2)] == [303, 303]
    assert len(mail()) == 1


def test_an_id_of_another_activitys_request_is_refused(case):
    request = case.ask()
    case.activity = ActivityFactory(plan=case.plan, contributors=[case.tom])
    with pytest.raises(Refused, match="Reload the page"):
        case.ask(request_id=request.id)


def test_two_leads_who_ask_at_once_ask_once(app, case):
    """Each in a transaction of its own; the row's lock lets one through at a time."""
    other = case.member("Bea Stone", MemberRole.LEAD)
    people = [case.lead.id, other.id]
    activity_id, tom_id = case.activity.id, case.tom.id
    db.session.commit()
    ready, told = threading.Barrier(2), []

    def work(user_id):
        with app.app_context():
            by = db.session.get(User, user_id)
            place = find_place(by, "new-parks")
            activity = db.session.get(Activity, activity_id)
            db.session.rollback()  # SQLite lets one writer in: nobody holds the door while waiting
            ready.wait(timeout=20)
            try:
                asking.ask(
                    request_id=uuid.uuid4(),
                    place=place,
                    activity=activity,
                    by=by,
                    asked_of_id=tom_id,
                )
                db.session.commit()
                told.append("asked")
            except Refused as error:
                told.append(error.message)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=work, args=(user_id,)) for user_id in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted("once in seven days" in words for words in told) == [False, True]
    assert "asked" in told
    assert len(mail()) == 1
    assert db.session.scalar(sa.select(sa.func.count()).select_from(UpdateRequest)) == 1


class TestWhoCannotBeAsked:
    def refused(self, case, of=None):
        with pytest.raises(Refused) as error:
            case.ask(of=of)
        assert mail() == []
        return error.value.message

    def test_nobody_about_what_is_done(self, client, case):
        case.activity.done_on = TODAY
        assert "is done" in self.refused(case)
        client.sign_in(case.lead)
        assert f"{case.url}/ask" not in client.get(case.url).text
        assert "is done" in client.get(f"{case.url}/ask").text

    def test_somebody_suspended(self, case):
        case.tom.active = False
        assert "Choose somebody else" in self.refused(case)

    def test_somebody_who_has_not_joined_yet(self, client, case):
        case.tom.password = None
        assert "Choose somebody else" in self.refused(case)
        page = client.sign_in(case.lead).get(f"{case.url}/ask").text
        assert "Tom Reid cannot be asked yet: they have not accepted their invitation." in page

    def test_somebody_who_may_not_update_it(self, client, case):
        reader = case.member("Rita Reader", MemberRole.READER)
        case.activity.contributors.append(reader)
        assert "Choose somebody else" in self.refused(case, of=reader)
        page = client.sign_in(case.lead).get(f"{case.url}/ask").text
        assert "Rita Reader cannot be asked: no role here lets them post an update." in page

    def test_somebody_who_is_not_on_the_activity(self, case):
        assert "Choose somebody else" in self.refused(
            case, of=case.member("Una Else", MemberRole.CONTRIBUTOR)
        )

    def test_oneself(self, client, case):
        case.activity.contributors.clear()
        case.activity.lead_person_id = case.lead.id
        assert "Choose somebody else" in self.refused(case, of=case.lead)
        page = client.sign_in(case.lead).get(f"{case.url}/ask").text
        assert "Nobody else on this activity can be asked." in page

    def test_nobody_where_the_work_is_not_running(self, case):
        case.workstream.status = WorkstreamStatus.PAUSED
        assert "New Parks is not running" in self.refused(case)

    def test_nobody_about_a_plan_that_is_over(self, case):
        case.plan.starts_on, case.plan.ends_on = date(2020, 4, 1), date(2021, 3, 31)
        DeliveryPlanFactory(workstream_id=case.workstream.id)
        assert "not in the plan that is worked to now" in self.refused(case)

    def test_a_made_up_person_is_an_error_beside_the_field(self, client, case):
        client.sign_in(case.lead)
        answer = client.post(
            f"{case.url}/ask", data={"id": new_id(), "person": "nobody", "message": "Kept words"}
        )
        assert answer.status_code == 422
        assert "Kept words" in answer.text
        long = client.post(
            f"{case.url}/ask",
            data={"id": new_id(), "person": str(case.tom.id), "message": "x" * 501},
        )
        assert "Use 500 characters or fewer" in long.text


def test_a_contributor_does_not_ask(client, case):
    client.sign_in(case.tom)
    assert f"{case.url}/ask" not in client.get(case.url).text
    assert client.get(f"{case.url}/ask").status_code == 403


def test_asking_is_in_the_history(client, case):
    client.sign_in(case.lead)
    client.post(f"{case.url}/ask", data={"id": new_id(), "person": str(case.tom.id)})
    record = db.session.scalars(
        sa.select(ChangeRecord).where(ChangeRecord.subject_type == "update_requests")
    ).one()
    assert record.actor_id == case.lead.id
    page = " ".join(client.get("/workstreams/new-parks/history").text.split())
    assert "Request for an update added" in page
    assert "Open the kitchen" in page
    assert "Tom Reid" in page


def test_a_name_with_a_line_end_makes_no_header(case):
    case.lead.name = "Asha\r\nBcc: everybody@waymark.example"
    case.ask()
    assert "\n" not in mail()[0].subject
