"""A browser that is let in to an application, as the link in a mail lets it in."""

import time

from app.cohorts.applying import sessions
from app.cohorts.applying.models import ApplySession
from app.extensions import db


def let_in(client, application):
    """Open an applicant's session in `client`; returns the client, so that calls chain."""
    row = ApplySession(application_id=application.id)
    db.session.add(row)
    db.session.commit()
    row_id = str(row.id)
    db.session.rollback()
    with client.session_transaction() as cookie:
        cookie[sessions._SESSION] = row_id
        cookie[sessions._SEEN] = int(time.time())
    return client
