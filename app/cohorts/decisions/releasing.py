"""The release: everything that is prepared leaves together, in one transaction, once."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping

from app.accounts.models import User
from app.cohorts.applications.moving import move_all
from app.cohorts.applications.stages import Mover
from app.cohorts.applying.links import OWN_PAGE
from app.cohorts.call.models import Call
from app.cohorts.decisions import answering, letters, queries
from app.cohorts.decisions.letters import Words
from app.cohorts.decisions.models import Decision, DecisionKind, Letter, Release
from app.cohorts.decisions.turns import take_turns
from app.cohorts.decisions.waiting import places_of
from app.cohorts.interviews.way_in import way_in
from app.core import clock
from app.core.errors import Refused
from app.core.formatting import count
from app.core.history import as_parts_of
from app.extensions import db
from app.outbox import services as outbox

NOTHING = (
    "Nothing is prepared. If you have just released decisions, they have left: nobody gets two"
)
CHANGED = "What is prepared has changed since you looked at it. Nothing has left. Look again"
_PAGES = {DecisionKind.OFFER: "/offer"}


def fingerprint(decisions: Iterable[Decision], templates: Mapping[DecisionKind, Words]) -> str:
    """What somebody who releases has looked at: another one once any decision, any letter, or where
    an application stands, is another."""
    seen = [f"{d.id} {d.version} {d.application.version}" for d in decisions]
    said = [f"{kind} {words.subject} {words.body}" for kind, words in templates.items()]
    return hashlib.sha256("\n".join([*sorted(seen), *said]).encode()).hexdigest()


def release(*, call: Call, by: User, seen: str, over_reason: str) -> Release:
    """Release every prepared decision that can be: applications move, letters are written, and what
    was sent is kept. `seen` is the `fingerprint` of what was looked at.

    More offers than places need `over_reason`, which is kept; whoever releases at the same time is
    waited for, so that the places are counted with theirs. Raises Refused; nothing has left then.
    """
    take_turns(call)
    answering.lapse_due(clock.moment(), call=call)
    decisions = [d for d in queries.prepared(call, lock=True) if queries.is_ready(d)]
    templates = letters.templates_of(call)
    if not decisions:
        raise Refused(NOTHING)
    if fingerprint(decisions, templates) != seen:
        raise Refused(CHANGED)
    kinds = Counter(decision.kind for decision in decisions)
    offers = kinds[DecisionKind.OFFER]
    taken = queries.placed_count(call.workstream_id)
    if offers and taken + offers > call.places and not over_reason:
        raise Refused(_too_many(call.places, taken, offers), "over_reason")
    record = Release(
        workstream_id=call.workstream_id,
        released_by_id=by.id,
        offers=offers,
        waiting=kinds[DecisionKind.WAITING_LIST],
        unsuccessful=kinds[DecisionKind.UNSUCCESSFUL],
        places=call.places,
        placed=taken + offers,
        over_reason=over_reason,
    )
    db.session.add(record)
    with as_parts_of(db.session(), record.id):
        moves = [(decision.application, decision.kind.stage) for decision in decisions]
        move_all(moves=moves, mover=Mover.RELEASE, by=by, batch_id=record.id)
        places = places_of(call)
        letters_out = [
            _letter(decision, record, templates, places.get(decision.application_id))
            for decision in decisions
        ]
        db.session.flush()
        outbox.send_all(mail for mail in letters_out if mail is not None)
    return record


def _too_many(places: int, taken: int, offers: int) -> str:
    return (
        f"There {'is' if places == 1 else 'are'} {count(places, 'place')}, {taken} taken. "
        f"{count(offers, 'more offer')} would make {taken + offers}. "
        "Prepare fewer offers, or say why there are to be more offers than places"
    )


def _letter(
    decision: Decision,
    record: Release,
    templates: Mapping[DecisionKind, Words],
    place: int | None,
) -> outbox.Mail | None:
    """One person's letter: kept, and as it goes out; None for those without an e-mail address."""
    application = decision.application
    decision.release_id = record.id
    kept = letters.letter_for(decision, templates, waiting_place=place)
    db.session.add(
        Letter(
            decision_id=decision.id,
            application_id=application.id,
            release_id=record.id,
            by_email=application.email is not None,
            subject=kept.subject,
            body=kept.body,
        )
    )
    if application.email is None:
        return None
    body = kept.body
    if letters.LINK_COMES_HERE in body:
        link = way_in(application, application.workstream.slug, _PAGES.get(decision.kind, OWN_PAGE))
        body = letters.letter_for(decision, templates, link=link, waiting_place=place).body
    return outbox.Mail(recipient=application.email, subject=kept.subject, body=body)


def mark_told(*, letter: Letter, by: User, told: bool) -> None:
    """Somebody without an e-mail address has been told by telephone, or their letter is posted; or
    not, after all. Doing it twice changes nothing."""
    if letter.by_email:
        raise Refused("This letter went by e-mail")
    if told and letter.told_at is None:
        letter.told_at, letter.told_by_id = clock.now(), by.id
    elif not told:
        letter.told_at, letter.told_by_id = None, None
    db.session.flush()
