"""Letters: the words that a cohort has for each kind, and how one person's are filled in.

A letter is plain text with fields in braces. Fields are filled in once, in one pass: what somebody
typed into their name is never read as a field.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from app.cohorts.applications.models import Application
from app.cohorts.call.models import Call
from app.cohorts.decisions.models import Decision, DecisionKind, LetterTemplate
from app.core.editing import check_version
from app.core.errors import EditConflict
from app.core.formatting import day, moment
from app.extensions import db

# Field -> what it is filled in with, as the page of letters explains it.
FIELDS = {
    "name": "their name",
    "cohort": "the name of the cohort",
    "reference": "the reference of their application",
    "starts_on": "the day on which the cohort starts",
    "reply_by": "until when they can accept an offer",
    "link": "a link to their own page, where they accept or decline",
    "feedback": "the feedback written for them; nothing if there is none",
    "waiting_place": "their place on the waiting list",
}
# A subject is read over people's shoulders, and kept where it is not erased.
SUBJECT_FIELDS = {"cohort": FIELDS["cohort"], "reference": FIELDS["reference"]}
# Also in the letter that is kept: a link that opens somebody's page must not lie around.
LINK_COMES_HERE = "[a link to your own page]"
LONGEST_SUBJECT = 200

_FIELD = re.compile(r"\{\s*([A-Za-z_]+)\s*\}")


@dataclass(frozen=True)
class Words:
    """A subject and a body, with or without their fields filled in."""

    subject: str
    body: str


DEFAULTS: Mapping[DecisionKind, Words] = {
    DecisionKind.OFFER: Words(
        "A place on {cohort}",
        """Dear {name}

Thank you for applying to {cohort}. We are pleased to offer you a place.

It starts on {starts_on}. Please tell us by {reply_by} whether you take up your place:

{link}

If we do not hear from you by then, we will offer your place to somebody else.

{feedback}

Your reference is {reference}.
""",
    ),
    DecisionKind.WAITING_LIST: Words(
        "Your application to {cohort}",
        """Dear {name}

Thank you for applying to {cohort}. We had more good applications than places, so we cannot offer you a place yet.

You are on our waiting list. If a place becomes free for you, we will write to you. You do not need to do anything.

{feedback}

If you no longer want to wait, you can withdraw your application:

{link}

Your reference is {reference}.
""",
    ),
    DecisionKind.UNSUCCESSFUL: Words(
        "Your application to {cohort}",
        """Dear {name}

Thank you for applying to {cohort}, and for the time and thought that you gave to it. We are sorry that we cannot offer you a place this time.

{feedback}

We would be glad to hear from you again when the next cohort opens.

Your reference is {reference}.
""",
    ),
}


def unknown_fields(text: str, known: Mapping[str, str] = FIELDS) -> list[str]:
    """The fields in a text that nothing fills in, as they are written there."""
    return [found.group() for found in _FIELD.finditer(text) if found[1].lower() not in known]


def filled_in(text: str, values: Mapping[str, str]) -> str:
    """A text with its fields filled in; an empty one leaves no gap behind."""
    filled = _FIELD.sub(lambda found: values.get(found[1].lower(), found.group()), text)
    return re.sub(r"\n{3,}", "\n\n", filled).strip() + "\n"


def own_templates(call: Call) -> dict[DecisionKind, LetterTemplate]:
    """The letters for which a cohort has words of its own."""
    mine = sa.select(LetterTemplate).where(LetterTemplate.call_id == call.id)
    return {template.kind: template for template in db.session.scalars(mine)}


def templates_of(call: Call) -> dict[DecisionKind, Words]:
    """The words of each kind of letter: the cohort's own, or else Waymark's."""
    own = own_templates(call)
    return {
        kind: Words(own[kind].subject, own[kind].body) if kind in own else DEFAULTS[kind]
        for kind in DecisionKind
    }


def words_for(decision: Decision, templates: Mapping[DecisionKind, Words]) -> Words:
    """The letter of a decision, its fields not filled in: this person's own, or the template."""
    template = templates[decision.kind]
    return Words(decision.own_subject or template.subject, decision.own_letter or template.body)


def letter_for(
    decision: Decision,
    templates: Mapping[DecisionKind, Words],
    *,
    link: str = LINK_COMES_HERE,
    waiting_place: int | None = None,
) -> Words:
    """The letter as its reader gets it. Whoever has no e-mail address is asked to ring or write."""
    application = decision.application
    words = words_for(decision, templates)
    values = _values(decision, application, link, waiting_place)
    subject = filled_in(words.subject, {name: values[name] for name in SUBJECT_FIELDS}).strip()
    return Words(subject[:LONGEST_SUBJECT], filled_in(words.body, values))


def _values(
    decision: Decision, application: Application, link: str, waiting_place: int | None
) -> dict[str, str]:
    cohort = application.workstream
    if application.email is None:
        link = f"By telephone or letter. Your reference is {application.reference}."
    place = waiting_place or decision.rank
    return {
        "name": application.called,
        "cohort": cohort.name,
        "reference": application.reference,
        "starts_on": day(cohort.starts_on) or "a day that we will tell you",
        "reply_by": moment(decision.reply_by),
        "link": link,
        "feedback": decision.feedback,
        "waiting_place": str(place) if place else "",
    }


def save_template(*, call: Call, kind: DecisionKind, version: int, subject: str, body: str) -> None:
    """Give a cohort its own words for a kind of letter. `version` is that of the words the form was
    opened with, 0 for Waymark's. Raises EditConflict."""
    template = own_templates(call).get(kind)
    if template is None:
        if version:
            raise EditConflict
        template = LetterTemplate(workstream_id=call.workstream_id, call_id=call.id, kind=kind)
        template.subject, template.body = subject, body
        db.session.add(template)
    else:
        check_version(template, version)
        template.subject, template.body = subject, body
    db.session.flush()


def back_to_default(*, call: Call, kind: DecisionKind, version: int) -> None:
    """Take Waymark's words again; where there are no others, nothing changes. Raises EditConflict."""
    template = own_templates(call).get(kind)
    if template is not None:
        check_version(template, version)
        db.session.delete(template)
        db.session.flush()


def copy_letters(source: Call, target: Call) -> None:
    """Give a cohort the words of an earlier one, where it has none of its own."""
    own = own_templates(target)
    for kind, template in own_templates(source).items():
        if kind not in own:
            db.session.add(
                LetterTemplate(
                    workstream_id=target.workstream_id,
                    call_id=target.id,
                    kind=kind,
                    subject=template.subject,
                    body=template.body,
                )
            )
    db.session.flush()
