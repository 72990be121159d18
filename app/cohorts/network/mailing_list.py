"""The mailing list: only who agrees to it now is on it, and taking it away is recorded."""

import csv
import io
import uuid
from datetime import datetime

import sqlalchemy as sa

from app.accounts.models import User
from app.cohorts.network.models import MailingConsent, MailingExport, NetworkMember
from app.core.formatting import day
from app.core.spreadsheet_text import escape_formula
from app.extensions import db

HEADINGS = ("Name", "E-mail address", "Consent given on")


def on_list(cohorts: sa.Select[uuid.UUID]) -> list[tuple[str, str, datetime]]:
    """(name, address, when they agreed) of the members of these cohorts who are on the list, by name."""
    found = db.session.execute(
        sa.select(NetworkMember.name, NetworkMember.email, MailingConsent.given_at)
        .join(MailingConsent, MailingConsent.member_id == NetworkMember.id)
        .where(
            NetworkMember.workstream_id.in_(cohorts),
            NetworkMember.joined_at.is_not(None),
            NetworkMember.left_at.is_(None),
            NetworkMember.email.is_not(None),
            MailingConsent.withdrawn_at.is_(None),
        )
        .order_by(sa.func.lower(NetworkMember.name), NetworkMember.id)
    )
    return [(name, email or "", given_at) for name, email, given_at in found]


def export(*, cohorts: sa.Select[uuid.UUID], workstream_id: uuid.UUID, by: User) -> bytes:
    """The list as a CSV file for spreadsheets, and a record of who took it, when and how many."""
    rows = on_list(cohorts)
    db.session.add(
        MailingExport(workstream_id=workstream_id, made_by_id=by.id, addresses=len(rows))
    )
    db.session.flush()
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for name, email, given_at in rows:
        writer.writerow([escape_formula(name), escape_formula(email), day(given_at)])
    return text.getvalue().encode("utf-8-sig", errors="replace")
