"""Kinds come from the features and are shown in their own order."""

from app.core.flags import Kind, kind_called, kinds


def test_kinds_stand_in_their_order_whichever_feature_registers_them(app):
    assert [kind.order for kind in kinds()] == sorted(kind.order for kind in kinds())
    of_plans = [
        "asked",
        "overdue",
        "red",
        "amber",
        "sent_back",
        "to_agree",
        "due_soon",
        "silent",
        "missing_agency",
    ]
    # A cohort's own stand between them.
    assert [str(kind) for kind in kinds() if str(kind) in of_plans] == of_plans


def test_a_kind_is_called_by_its_key(app):
    assert kind_called("red") == Kind("red", "Red", 20)
    assert kind_called("purple") is None
