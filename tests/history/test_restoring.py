"""Undo and restore: raw history becomes values again, and never silently overwrites anybody."""

import uuid
from datetime import date

import pytest
import sqlalchemy as sa

from app.accounts.models import User
from app.core.database import new_id
from app.core.errors import EditConflict, Refused
from app.core.history import ChangeAction, ChangeRecord
from app.core.restoring import Overtaken, latest_change_id, restore, undo
from app.core.rights import Right
from app.delivery.models import Activity
from app.extensions import db
from app.people_zones.models import Agency, ZoneFunding
from app.workstreams.models import ResilienceDomain, WorkstreamStatus
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.delivery import (
    ActivityFactory,
    DeliveryPlanFactory,
    MilestoneFactory,
    ProgressUpdateFactory,
)
from tests.factories.people_zones import CoreTeamMemberFactory, ZoneFundingFactory
from tests.factories.workstreams import (
    AimFactory,
    BodyFactory,
    MembershipFactory,
    WorkstreamFactory,
)


@pytest.fixture
def lead(app):
    return UserFactory()


def last(thing):
    return latest_change_id(thing.id)


def change(thing, **values):
    """Set values; returns the id of the history record that this made."""
    for name, value in values.items():
        setattr(thing, name, value)
    return last(thing)


def test_latest_change_is_the_newest_and_none_without_history(app):
    body = BodyFactory()
    created = last(body)
    assert change(body, name="Another name") != created
    assert latest_change_id(uuid.uuid4()) is None


@pytest.mark.parametrize(
    ("make", "field", "earlier", "later"),
    [
        (WorkstreamFactory, "ends_on", date(2021, 6, 1), date(2021, 6, 9)),
        (WorkstreamFactory, "ends_on", None, date(2021, 6, 9)),
        (WorkstreamFactory, "status", WorkstreamStatus.ACTIVE, WorkstreamStatus.PAUSED),
        (ActivityFactory, "builds_skills", True, False),
        (ActivityFactory, "what", "First words", "Second words"),
        (ZoneFundingFactory, "amount_pence", 25_000_00, 26_000_50),
    ],
)
def test_each_type_of_value_comes_back(lead, make, field, earlier, later):
    extra = {"workstream_id": WorkstreamFactory().id} if make is ZoneFundingFactory else {}
    thing = make(**{field: earlier}, **extra)
    changed = change(thing, **{field: later})
    undo(change_id=changed)
    db.session.expire_all()
    assert getattr(thing, field) == earlier
    # Restoring the wording that the undone change had is the way forward again.
    restore(change_id=changed, side="after")
    db.session.expire_all()
    assert getattr(thing, field) == later


def test_an_id_comes_back_and_its_name_is_read_afresh(lead):
    first, second = OrganisationFactory(), OrganisationFactory()
    activity = ActivityFactory(lead_organisation_id=first.id)
    assert activity.lead_organisation.name == first.name
    changed = change(activity, lead_organisation_id=second.id)
    undo(change_id=changed)
    assert activity.lead_organisation.name == first.name


def test_an_instant_comes_back(lead):
    aim = AimFactory()
    from app.core import clock

    archived = change(aim, archived_at=clock.now())
    undo(change_id=archived)
    assert aim.archived_at is None
    restore(change_id=archived, side="after")
    assert aim.archived_at is not None
    assert aim.archived_at.tzinfo is not None


def test_a_collection_comes_back(lead):
    first, second, third = AimFactory(), AimFactory(), AimFactory()
    activity = ActivityFactory(aims=[first, second])
    changed = change(activity, aims=[third])
    record = db.session.get(ChangeRecord, changed)
    assert record.changes["aims"] == [sorted([str(first.id), str(second.id)]), [str(third.id)]]
    undo(change_id=changed)
    db.session.expire_all()
    assert {aim.id for aim in activity.aims} == {first.id, second.id}


def test_an_enum_that_may_be_empty_comes_back(lead):
    from app.workstreams.models import AimKind

    aim = AimFactory(kind=AimKind.AMBITION_STATEMENT, domain=ResilienceDomain.SAFETY)
    changed = change(aim, domain=None)
    undo(change_id=changed)
    db.session.expire_all()
    assert aim.domain is ResilienceDomain.SAFETY


def test_restoring_is_itself_in_history(lead):
    activity = ActivityFactory(what="First")
    changed = change(activity, what="Second")
    undo(change_id=changed)
    newest = db.session.get(ChangeRecord, last(activity))
    assert newest.id != changed
    assert newest.changes == {"what": ["Second", "First"]}


def test_undo_of_an_undo_puts_it_forward_again(lead):
    activity = ActivityFactory(what="First")
    undo(change_id=change(activity, what="Second"))
    undo(change_id=last(activity))
    assert activity.what == "Second"


def test_undo_is_refused_after_a_newer_change_of_the_same_field(lead):
    activity = ActivityFactory(what="First")
    changed = change(activity, what="Second")
    change(activity, what="Third")
    with pytest.raises(Overtaken, match="again afterwards"):
        undo(change_id=changed)
    assert activity.what == "Third"


def test_undo_leaves_a_newer_change_of_another_field_alone(lead):
    activity = ActivityFactory(what="First", how="")
    changed = change(activity, what="Second")
    change(activity, how="Door to door")
    undo(change_id=changed)
    assert (activity.what, activity.how) == ("First", "Door to door")


def test_undo_of_an_addition_sets_it_aside_or_deletes_it(lead):
    activity = ActivityFactory()
    undo(change_id=last(activity))
    assert activity.archived_at is not None
    funding = ZoneFundingFactory(workstream_id=WorkstreamFactory().id)
    undo(change_id=last(funding))
    assert db.session.get(ZoneFunding, funding.id) is None


def test_undo_of_a_removal_brings_the_row_back_under_its_id(lead):
    funding = ZoneFundingFactory(workstream_id=WorkstreamFactory().id, amount_pence=12_345)
    funding_id, workstream_id = funding.id, funding.workstream_id
    change(funding, amount_pence=54_321)
    db.session.delete(funding)
    removed = latest_change_id(funding_id)
    assert db.session.get(ChangeRecord, removed).action is ChangeAction.DELETED
    undo(change_id=removed)
    back = db.session.get(ZoneFunding, funding_id)
    assert (back.amount_pence, back.workstream_id) == (54_321, workstream_id)
    assert back.version > 2, "a form opened before the removal must not fit"
    with pytest.raises(Refused):
        restore(change_id=removed, side="before")


def test_a_row_that_is_gone_is_refused(lead):
    funding = ZoneFundingFactory(workstream_id=WorkstreamFactory().id)
    changed = change(funding, amount_pence=1)
    db.session.delete(funding)
    db.session.flush()
    with pytest.raises(Refused, match="no longer here"):
        restore(change_id=changed)


def test_an_unknown_change_is_refused(lead):
    with pytest.raises(Refused, match="not in the history"):
        undo(change_id=new_id())


def test_progress_updates_and_roles_are_never_restored(lead):
    for thing in (ProgressUpdateFactory(), MembershipFactory()):
        with pytest.raises(Refused, match="cannot be changed back"):
            undo(change_id=last(thing))


def test_what_repeats_the_newest_progress_update_is_not_restored(lead):
    activity = ActivityFactory(what="First")
    changed = change(activity, what="Second", last_word_on=date(2021, 6, 1))
    restore(change_id=changed)
    assert (activity.what, activity.last_word_on) == ("First", date(2021, 6, 1))
    only = change(activity, last_word_on=date(2021, 6, 2))
    with pytest.raises(Refused, match="Change the activity itself"):
        restore(change_id=only)


def test_a_workstream_is_neither_moved_nor_archived_from_history(lead):
    place = WorkstreamFactory()
    with pytest.raises(Refused):
        undo(change_id=change(place, parent_id=WorkstreamFactory().id))
    with pytest.raises(Refused):
        undo(change_id=last(WorkstreamFactory()))


def test_a_row_never_goes_to_another_workstream(lead):
    aim = AimFactory()
    moved = change(aim, workstream_id=WorkstreamFactory().id)
    with pytest.raises(Refused):
        undo(change_id=moved)


def test_a_broken_constraint_is_refused_in_words_and_changes_nothing(lead):
    place = WorkstreamFactory()
    funding = ZoneFundingFactory(workstream_id=place.id, year_starting=2021)
    changed = change(funding, year_starting=2022)
    ZoneFundingFactory(workstream_id=place.id, year_starting=2021)
    with pytest.raises(Refused, match="already an amount for this year"):
        undo(change_id=changed)
    assert funding.year_starting == 2022
    activity = ActivityFactory(due_text="1 June 2021", due_on=date(2021, 6, 1))
    only_text = change(activity, due_text="June 2021")
    change(activity, due_text="", due_on=None)
    with pytest.raises(Refused, match="would not fit"):
        restore(change_id=only_text, side="after")


def test_a_named_thing_that_has_gone_is_refused(lead):
    plan = DeliveryPlanFactory()
    milestone = MilestoneFactory(plan=plan)
    update = OrganisationFactory()
    activity = ActivityFactory(plan=plan, lead_organisation_id=update.id)
    changed = change(activity, lead_organisation_id=None)
    db.session.delete(update)
    db.session.flush()
    with pytest.raises(Refused):
        undo(change_id=changed)
    assert db.session.get(Activity, activity.id).lead_organisation_id is None
    assert milestone.title


def test_a_person_is_not_restored_even_if_somebody_forgets_why_not(app, monkeypatch):
    monkeypatch.setattr(User, "restore_right", Right.MANAGE_PEOPLE)
    person = UserFactory(active=True)
    suspended = change(person, active=False)
    with pytest.raises(Refused, match="cannot be changed back"):
        undo(change_id=suspended)
    assert person.active is False


class TestPersonalColumns:
    """A model that says it may be restored without its personal columns."""

    @pytest.fixture(autouse=True)
    def _restorable(self, app, monkeypatch):
        monkeypatch.setattr(User, "restore_right", Right.MANAGE_PEOPLE)
        monkeypatch.setattr(User, "restore_without_personal", True)

    def test_what_is_not_personal_comes_back(self):
        person = UserFactory(active=True)
        undo(change_id=change(person, active=False))
        assert person.active is True

    def test_a_change_that_touched_what_is_personal_does_not(self):
        person = UserFactory(name="First Name")
        changed = change(person, name="Second Name", active=False)
        for put_back in (undo, restore):
            with pytest.raises(Refused, match="Personal details changed as well"):
                put_back(change_id=changed)

    def test_undo_notices_a_newer_change_of_a_personal_field(self):
        person = UserFactory(name="First Name")
        changed = change(person, name="Second Name")
        change(person, name="Third Name")
        with pytest.raises(Overtaken):
            undo(change_id=changed)


def test_a_stale_page_does_not_restore(lead):
    activity = ActivityFactory(what="First")
    opened_at = activity.version
    changed = change(activity, what="Second")
    with pytest.raises(EditConflict):
        restore(change_id=changed, side="before", opened_at=opened_at)


def test_a_choice_that_is_no_longer_offered_is_refused(lead):
    member = CoreTeamMemberFactory(workstream_id=WorkstreamFactory().id)
    change(member, agency=Agency.FIRE)
    db.session.execute(
        sa.insert(ChangeRecord).values(
            id=(odd := new_id()),
            subject_type="core_team_members",
            subject_id=member.id,
            action=ChangeAction.UPDATED,
            changes={"agency": ["coastguard", "fire"]},
        )
    )
    with pytest.raises(Refused, match="no longer a choice"):
        restore(change_id=odd, side="before")
