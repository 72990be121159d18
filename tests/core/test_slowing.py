"""Forms for members of the public: a machine is slowed, a person is not."""

import pytest
from werkzeug.datastructures import MultiDict
from wtforms.validators import DataRequired

from app.core import slowing
from app.core.forms import TextField
from app.core.slowing import Slowed, shown_token, too_often
from tests.slowing import waited


class Wishes(Slowed):
    wish = TextField("Wish", validators=[DataRequired("Make a wish")])


def filled(app, **data):
    with app.test_request_context(method="POST"):
        form = Wishes(formdata=MultiDict({"wish": "A bus"} | data), meta={"csrf": False})
        return form, form.validate()


def test_what_a_person_sends_passes(app):
    assert filled(app, **waited())[1]


@pytest.mark.parametrize(
    "sent",
    [
        lambda: {**waited(), "website": "https://shop.example"},
        lambda: waited(0),
        lambda: waited(slowing.LONGEST_SECONDS + 60),
        lambda: {"shown": ""},
        lambda: {"shown": "1624000000"},
        dict,
    ],
    ids=["filled in the box", "too quick", "kept for days", "empty", "made up", "never shown"],
)
def test_what_looks_like_a_machine_is_shown_again_with_its_words(app, sent):
    form, passed = filled(app, **sent())
    assert not passed
    assert form.wish.data == "A bus"
    assert "press the button again" in form.form_errors[0]


def test_pressing_again_after_a_while_passes(app):
    form, _ = filled(app, shown=shown_token(slowing.LONGEST_SECONDS + 60))
    assert filled(app, shown=form.shown._value())[0].form_errors  # as quick as a machine
    form, _ = filled(app, website="x", shown=shown_token(30))
    with app.test_request_context():
        again = form.shown._value()
    assert filled(app, shown=again)[1]


def test_other_mistakes_are_told_first(app):
    form, _ = filled(app, wish="", website="x")
    assert form.errors == {"wish": ["Make a wish"]}


def test_the_box_is_out_of_the_way_of_keyboards_and_screen_readers(app):
    with app.test_request_context():
        box = str(Wishes().website())
    assert 'tabindex="-1"' in box
    assert 'aria-hidden="true"' in box
    assert "<label" in box


def test_what_one_address_does_is_counted_apart_from_what_another_does(app):
    def sent_from(address):
        return app.test_request_context(method="POST", environ_base={"REMOTE_ADDR": address})

    with sent_from("192.0.2.1"):
        assert [too_often("wish", most=2, minutes=10) for _ in range(3)] == [False, False, True]
        assert not too_often("another wish", most=2, minutes=10)
        assert not too_often("wish", most=2, minutes=10, who="someone@example.org")
    with sent_from("192.0.2.2"):
        assert not too_often("wish", most=2, minutes=10)
