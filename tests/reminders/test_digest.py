"""The digest: who gets one, when, what it says; once for a person and period, whatever happens."""

from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa

from app.accounts.models import User, WorkAccount
from app.core import clock
from app.core.clock import LONDON
from app.delivery.models import Activity
from app.extensions import db
from app.home import services as home
from app.home.queries import needs_of
from app.outbox.models import Message
from app.reminders import queries, services
from app.reminders.models import Digest, Frequency
from app.reminders.services import Counts, choose, period_of, why_not_now, write_due
from app.workstreams.models import Membership
from tests.conftest import TODAY
from tests.factories.accounts import UserFactory
from tests.factories.delivery import ActivityFactory, DeliveryPlanFactory
from tests.factories.workstreams import MembershipFactory
from tests.reminders.conftest import somebody_late
from tests.statements import statements

MONDAY, TUESDAY = date(2021, 6, 14), date(2021, 6, 15)


def mail():
    return db.session.scalars(sa.select(Message).order_by(Message.id)).all()


def sent_on(day):
    """How many messages a run on this day writes."""
    before = len(mail())
    counts = write_due(day)
    assert counts.failed == 0
    written = len(mail()) - before
    assert counts.written == written
    return written


def wants(user, frequency):
    choose(user=user, frequency=frequency)
    db.session.commit()


class TestWhatItSays:
    def test_the_list_of_the_front_page_with_links_straight_to_each_row(self, lead):
        assert sent_on(TODAY) == 1
        [message] = mail()
        assert message.recipient == lead.email
        assert message.subject == "Waymark: 1 thing needs you"
        activity_id = db.session.scalar(sa.select(Activity.id))
        for words in (
            "Hello Asha Lead",
            "1 thing needs you today, 18 June 2021.",
            "\nOVERDUE (1)\n\n",
            "Open the community room\nNew Parks\nIt was due on 1 June 2021, 17 days ago.\n"
            f"https://localhost/workstreams/new-parks/plan/activities/{activity_id}/update",
            "on Mondays or on the next working day, if something needs you",
            "because you have a role on a workstream",
            "https://localhost/account/digest",
        ):
            assert words in message.body
        assert message.stop_url in message.body
        assert message.stop_url.startswith("https://localhost/digest/stop/")

    def test_every_flag_of_the_page_is_in_it(self, lead):
        for number in range(12):
            plan_id = db.session.scalar(sa.select(Activity.plan_id).limit(1))
            workstream_id = db.session.scalar(sa.select(Activity.workstream_id).limit(1))
            ActivityFactory(
                plan_id=plan_id, workstream_id=workstream_id, what=f"Red {number}",
                rag="red", rag_reason="No room", last_word_on=TODAY,
            )  # fmt: skip
        needs = needs_of(lead, TODAY)
        sent_on(TODAY)
        body = mail()[0].body
        for group in needs.groups:
            assert f"{group.kind.label.upper()} ({group.total})" in body
            for flag in group.flags:
                assert flag.title in body
                assert flag.why in body
        assert "And 2 more:\nhttps://localhost/?all=red#red" in body

    def test_what_was_put_off_is_left_out(self, lead):
        flag = needs_of(lead, TODAY).groups[0].flags[0]
        home.snooze(
            by=lead,
            flag_key=flag.key,
            until=TODAY + timedelta(days=7),
            reason="Waiting",
            today=TODAY,
        )
        assert sent_on(TODAY) == 0

    def test_nothing_is_sent_when_nothing_needs_them_and_not_later_that_week_either(self, lead):
        activity = db.session.scalars(sa.select(Activity)).one()
        activity.done_on = date(2021, 6, 10)
        assert write_due(MONDAY) == Counts(written=0, nothing=1, failed=0)
        db.session.scalars(sa.select(Activity)).one().done_on = None
        db.session.commit()
        assert sent_on(TUESDAY) == 0
        assert sent_on(date(2021, 6, 21)) == 1

    def test_a_title_of_several_lines_stays_on_one(self, lead):
        db.session.scalars(sa.select(Activity)).one().what = "Open\nthe room"
        sent_on(TODAY)
        assert "Open the room\nNew Parks" in mail()[0].body


class TestWhoGetsOne:
    def test_somebody_suspended_does_not(self, lead):
        lead.active = False
        assert sent_on(TODAY) == 0

    def test_somebody_only_invited_does_not(self, lead):
        lead.password = None
        assert sent_on(TODAY) == 0

    def test_somebody_who_signs_in_without_a_password_does(self, lead):
        lead.password = None
        db.session.add(WorkAccount(user_id=lead.id, issuer="https://sso.example", subject="1"))
        assert sent_on(TODAY) == 1

    def test_somebody_without_a_role_does_not(self, lead):
        db.session.execute(sa.delete(Membership))
        assert sent_on(TODAY) == 0
        assert db.session.scalars(sa.select(Digest)).all() == []

    def test_somebody_who_wants_none_does_not(self, lead):
        wants(lead, Frequency.OFF)
        assert sent_on(TODAY) == 0


class TestWhen:
    def test_weekly_is_the_default_and_once_a_week(self, lead):
        days = [MONDAY + timedelta(days=n) for n in range(12)]
        assert [sent_on(day) for day in days] == [1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0]

    def test_a_machine_that_was_off_on_monday_makes_it_good(self, lead):
        assert [sent_on(TUESDAY), sent_on(TUESDAY + timedelta(days=1))] == [1, 0]

    def test_daily_is_once_a_day(self, lead):
        wants(lead, Frequency.DAILY)
        assert [sent_on(day) for day in (MONDAY, MONDAY, TUESDAY, TUESDAY)] == [1, 0, 1, 0]

    def test_choosing_otherwise_brings_no_second_one_on_the_same_day_or_week(self, lead):
        wants(lead, Frequency.DAILY)
        assert sent_on(MONDAY) == 1
        wants(lead, Frequency.WEEKLY)
        assert [sent_on(MONDAY), sent_on(TUESDAY)] == [0, 0]
        wants(lead, Frequency.DAILY)
        assert sent_on(TUESDAY) == 1
        wants(lead, Frequency.WEEKLY)
        assert sent_on(date(2021, 6, 21)) == 1
        wants(lead, Frequency.DAILY)
        assert sent_on(date(2021, 6, 21)) == 0

    @pytest.mark.parametrize(
        ("day", "why"),
        [
            (date(2021, 6, 19), "not a working day"),  # Saturday
            (date(2021, 4, 2), "not a working day"),  # Good Friday
            (date(2021, 4, 5), "not a working day"),  # Easter Monday: the digest comes on Tuesday
            (date(2021, 12, 27), "not a working day"),  # in place of Christmas Day
            (date(2021, 4, 6), None),
            (date(2021, 12, 29), None),
        ],
    )
    def test_only_on_working_days(self, app, day, why):
        reason = why_not_now(datetime(day.year, day.month, day.day, 9, tzinfo=LONDON))
        assert (why in reason) if why else reason is None

    @pytest.mark.parametrize(
        ("utc", "now"),
        [
            ("2021-03-26T06:30", False),  # Friday, in winter: half past six in London
            ("2021-03-26T07:00", True),
            ("2021-03-29T05:59", False),  # Monday, in summer since the day before
            ("2021-03-29T06:00", True),
            ("2021-10-29T06:00", True),  # Friday, the last of summer
            ("2021-11-01T06:30", False),  # Monday, in winter again
            ("2021-11-01T07:00", True),
        ],
    )
    def test_from_seven_in_the_morning_by_londons_clock(self, app, utc, now):
        moment = datetime.fromisoformat(f"{utc}+00:00").astimezone(LONDON)
        assert (why_not_now(moment) is None) is now

    def test_the_hour_is_a_setting(self, app, monkeypatch):
        monkeypatch.setitem(app.config, "DIGEST_HOUR", 9)
        assert why_not_now(datetime(2021, 6, 18, 8, 59, tzinfo=LONDON)) == (
            "Digests are written from 9:00, London time."
        )

    def test_a_period_is_a_day_or_an_iso_week(self):
        assert period_of(Frequency.DAILY, TODAY) == "2021-06-18"
        assert period_of(Frequency.WEEKLY, TODAY) == "2021-W24"
        # 1 January 2021 is in the last week of 2020.
        assert period_of(Frequency.WEEKLY, date(2021, 1, 1)) == "2020-W53"


class TestOnceAndForAll:
    def test_the_database_holds_one_for_a_person_and_period(self, lead):
        for _ in range(2):
            db.session.add(Digest(user_id=lead.id, period="2021-W24", on=TODAY, things=1))
        with pytest.raises(sa.exc.IntegrityError, match="digests"):
            db.session.flush()
        db.session.rollback()

    def test_another_machine_that_was_quicker_is_no_failure(self, lead, monkeypatch):
        """The search and the second look both missed it; the constraint does not."""
        user_id = lead.id
        db.session.add(Digest(user_id=user_id, period="2021-W24", on=TODAY, things=1))
        db.session.commit()
        found = [user_id]
        monkeypatch.setattr(queries, "claim_next", lambda *_: found.pop() if found else None)
        monkeypatch.setattr(queries, "frequency_due", lambda *_: Frequency.WEEKLY)
        assert write_due(TODAY) == Counts()
        assert mail() == []

    def test_one_persons_failure_does_not_stop_the_rest(self, app, lead, monkeypatch):
        ids = [lead.id, *(somebody_late(f"P {n}", f"place-{n}").id for n in range(2))]
        unlucky = sorted(ids)[0]
        real = services.needs_of

        def needs(user, today):
            if user.id == unlucky:
                raise ValueError("Asha Lead, asha@waymark.example")
            return real(user, today)

        monkeypatch.setattr(services, "needs_of", needs)
        assert write_due(TODAY) == Counts(written=2, failed=1)
        # Next time only what is left.
        monkeypatch.setattr(services, "needs_of", real)
        assert write_due(TODAY) == Counts(written=1)
        assert len({message.recipient for message in mail()}) == 3

    def test_a_digest_without_its_message_is_not_kept(self, lead, monkeypatch):
        """Killed between the two: neither is there, and the next run writes both."""

        def die(**_):
            raise KeyboardInterrupt

        with monkeypatch.context() as patched:
            patched.setattr(services.outbox, "send", die)
            with pytest.raises(KeyboardInterrupt):
                write_due(TODAY)
        db.session.rollback()
        assert db.session.scalars(sa.select(Digest)).all() == []
        assert sent_on(TODAY) == 1

    def test_queries_per_person_do_not_grow(self, app, lead):
        def used(day):
            with statements() as sent:
                assert write_due(day).written == 1
            return len(sent)

        used(date(2021, 6, 7))  # what is read once in a process's life is nobody's doing
        few = used(TODAY)
        plan = DeliveryPlanFactory(
            workstream_id=db.session.scalar(sa.select(Membership.workstream_id))
        )
        for _ in range(60):
            ActivityFactory(plan=plan)
        db.session.commit()
        assert used(date(2021, 6, 21)) == few <= 17

    def test_what_was_sent_long_ago_is_forgotten(self, lead):
        old = TODAY - timedelta(days=91)
        db.session.add(Digest(user_id=lead.id, period="old", on=old, things=1))
        sent_on(TODAY)
        assert db.session.scalars(sa.select(Digest.period)).all() == ["2021-W24"]


class TestTheCommand:
    @pytest.fixture
    def at(self, app, monkeypatch):
        def set_clock(*moment):
            monkeypatch.setattr(clock, "moment", lambda: datetime(*moment, tzinfo=LONDON))

        return set_clock

    def run(self, app):
        return app.test_cli_runner().invoke(args=["digest", "send"])

    def test_it_says_counts_and_nobodys_name(self, app, lead, at):
        at(2021, 6, 18, 8)
        db.session.commit()
        assert self.run(app).output == "Digests written: 1. Nothing to say: 0. Failed: 0.\n"
        assert self.run(app).output == "Digests written: 0. Nothing to say: 0. Failed: 0.\n"

    def test_too_early_or_on_a_day_off_it_does_nothing(self, app, lead, at):
        db.session.commit()
        at(2021, 6, 18, 6)
        assert "from 7:00" in self.run(app).output
        at(2021, 6, 19, 9)
        assert "not a working day" in self.run(app).output
        assert mail() == []

    def test_a_failure_shows_in_the_exit_code(self, app, lead, at, monkeypatch):
        at(2021, 6, 18, 8)
        db.session.commit()

        def needs(user, today):
            raise ValueError

        monkeypatch.setattr(services, "needs_of", needs)
        result = self.run(app)
        assert result.exit_code == 1
        assert "Failed: 1." in result.output

    def test_the_demos_day_is_the_pinned_one(self, app):
        assert clock.moment().date() == TODAY


class TestTheChoice:
    def test_it_is_on_the_account_page_and_can_be_changed(self, client, lead):
        client.sign_in(lead)
        page = " ".join(client.get("/account").text.split())
        assert "Weekly: what needs you, on Mondays or on the next working day." in page
        form = client.get("/account/digest").text
        assert 'value="weekly" checked' in form
        assert lead.email in form
        for chosen, said in (
            ("daily", "Daily: what needs you, on each working day."),
            ("off", "Off. You are not sent what needs you."),
            ("weekly", "Weekly: what needs you"),
        ):
            answer = client.post("/account/digest", data={"frequency": chosen})
            assert answer.status_code == 303
            assert said in " ".join(client.get("/account").text.split())

    def test_a_made_up_choice_is_an_error_beside_the_field(self, client, lead):
        client.sign_in(lead)
        assert client.post("/account/digest", data={"frequency": "hourly"}).status_code == 422
        assert client.post("/account/digest", data={}).status_code == 422
        assert queries.frequency_of(db.session.get(User, lead.id)) is Frequency.WEEKLY

    def test_it_is_ones_own(self, client, lead):
        other = MembershipFactory(user=UserFactory(can_sign_in=True)).user
        client.sign_in(other).post("/account/digest", data={"frequency": "off"})
        assert queries.frequency_of(lead) is Frequency.WEEKLY
