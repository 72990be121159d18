"""The one change that history itself allows: forgetting what was personal."""

import uuid

import sqlalchemy as sa

from app.core.history import ChangeRecord
from app.extensions import db


def erase_personal(*, subject_id: uuid.UUID) -> int:
    """Erase the personal values that the records of one person (or thing) hold; returns how many.

    Who, when and which other fields changed stay: only `personal` is emptied (UK GDPR, article 17).
    """
    records = db.session.scalars(
        sa.select(ChangeRecord).where(ChangeRecord.subject_id == subject_id)
    )
    ids = [record.id for record in records if record.personal]
    db.session.execute(
        sa.update(ChangeRecord)
        .where(ChangeRecord.id.in_(ids))
        .values(personal=sa.null())
        .execution_options(synchronize_session=False)
    )
    db.session.expire_all()
    return len(ids)
