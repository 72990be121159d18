"""The outbox, for administrators."""

import uuid

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from app.core import access
from app.core.paging import asked_page
from app.core.rights import Right
from app.outbox import queries
from app.outbox.wording import as_html

bp = Blueprint("outbox", __name__)


@bp.get("/outbox")
@access.needs(Right.READ_OUTBOX)
def messages() -> ResponseReturnValue:
    """Every message, newest first."""
    return render_template("outbox/messages.html", page=queries.messages(asked_page()))


@bp.get("/outbox/<uuid:message_id>")
@access.needs(Right.READ_OUTBOX)
def message(message_id: uuid.UUID) -> ResponseReturnValue:
    """One message as its reader gets it."""
    found = queries.message(message_id)
    if found is None:
        abort(404)
    return render_template("outbox/message.html", message=found, body=as_html(found.body))
