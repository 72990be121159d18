"""The day can be pinned, the time of day cannot."""

from datetime import UTC, date, datetime, timedelta

from app.core import clock, formatting

PINNED = date(2021, 6, 18)


def test_a_moment_is_the_real_time_of_day_on_the_pinned_day(app):
    before = datetime.now(clock.LONDON)
    moment = clock.moment()
    assert moment.date() == PINNED == clock.today()
    assert moment.utcoffset() == timedelta(hours=1)  # London in June
    passed = timedelta(hours=moment.hour, minutes=moment.minute) - timedelta(
        hours=before.hour, minutes=before.minute
    )
    assert passed % timedelta(days=1) <= timedelta(minutes=1)


def test_without_a_pin_it_is_now(app, monkeypatch):
    monkeypatch.setitem(app.config, "TODAY", None)
    assert abs(clock.moment() - clock.now()) < timedelta(minutes=1)
    assert clock.on_day(clock.moment()) == clock.today()


def test_now_is_never_pinned(app):
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(minutes=1)


def test_what_happens_while_the_day_is_pinned_is_told_as_of_that_day(app, monkeypatch):
    assert clock.on_day(clock.now()) == PINNED
    assert clock.on_day(datetime(2021, 5, 1, 12, tzinfo=UTC)) == date(2021, 5, 1)
    assert formatting.moment(clock.now()).startswith("18 June 2021 at ")
    monkeypatch.setitem(app.config, "TODAY", None)
    assert clock.on_day(datetime(2024, 5, 1, 23, 30, tzinfo=UTC)) == date(2024, 5, 2)


def test_what_is_set_for_a_later_day_keeps_it(app, monkeypatch):
    monkeypatch.setitem(app.config, "TODAY", PINNED)
    closes_at = datetime(2021, 7, 30, 17, tzinfo=clock.LONDON)
    assert clock.on_day(closes_at) == date(2021, 7, 30)
    assert clock.on_day(clock.now() + timedelta(days=40)) != PINNED
    assert clock.on_day(clock.now() - timedelta(days=2)) == PINNED
