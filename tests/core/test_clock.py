"""The day can be pinned, the time of day cannot."""

from datetime import UTC, date, datetime, timedelta

from app.core import clock

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
