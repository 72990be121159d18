"""Keeping what was read between the steps of an import, and forgetting it."""

import uuid
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from app.core import clock
from app.core.editing import create_once
from app.extensions import db
from app.importing.grids import Grid
from app.importing.models import Upload
from app.importing.reading import Contents

KEPT_FOR = timedelta(days=1)


def keep(
    *,
    id: uuid.UUID,
    user_id: uuid.UUID,
    workstream_id: uuid.UUID,
    purpose: str,
    subject_id: uuid.UUID,
    file_name: str,
    contents: Contents,
    choices: dict[str, Any],
) -> Upload:
    """Keep what was read; the same form sent twice keeps it once. Clears away what is too old."""
    purge()
    there = {"user_id": user_id, "purpose": purpose, "subject_id": subject_id}
    return create_once(
        Upload,
        id,
        lambda: Upload(
            id=id,
            workstream_id=workstream_id,
            file_name=file_name,
            kind=contents.kind,
            content={"grids": [grid.as_json() for grid in contents.grids]},
            choices=choices,
            **there,
        ),
        **there,
    )[0]


def grids_of(upload: Upload) -> list[Grid]:
    """The tables of a kept file."""
    return [Grid.from_json(kept) for kept in upload.content["grids"]]


def find(user_id: uuid.UUID, upload_id: uuid.UUID, purpose: str) -> Upload | None:
    """Somebody's own upload, if it has not expired; nobody else ever sees it."""
    return db.session.scalar(
        sa.select(Upload).where(
            Upload.id == upload_id,
            Upload.user_id == user_id,
            Upload.purpose == purpose,
            Upload.created_at > clock.now() - KEPT_FOR,
        )
    )


def unfinished(user_id: uuid.UUID, purpose: str, subject_id: uuid.UUID) -> Sequence[Upload]:
    """What somebody has begun to import there and not finished, the newest first."""
    return db.session.scalars(
        sa.select(Upload)
        .where(
            Upload.user_id == user_id,
            Upload.purpose == purpose,
            Upload.subject_id == subject_id,
            Upload.created_at > clock.now() - KEPT_FOR,
        )
        .order_by(Upload.id.desc())
        .limit(5)
    ).all()


def take(upload_id: uuid.UUID) -> tuple[list[Grid], dict[str, Any]] | None:
    """Lock, read and delete an upload, because it is being imported: (its tables, the choices). None
    when somebody (the same person's second click) already has."""
    found = db.session.execute(
        sa.select(Upload.content, Upload.choices).where(Upload.id == upload_id).with_for_update()
    ).one_or_none()
    if found is None:
        return None
    discard(upload_id)
    return [Grid.from_json(kept) for kept in found.content["grids"]], found.choices


def discard(upload_id: uuid.UUID) -> None:
    """Forget an upload."""
    db.session.execute(
        sa.delete(Upload).where(Upload.id == upload_id),
        execution_options={"synchronize_session": "fetch"},
    )


def purge() -> int:
    """Forget what has expired; returns how many."""
    gone = db.session.execute(
        sa.delete(Upload).where(Upload.created_at <= clock.now() - KEPT_FOR),
        execution_options={"synchronize_session": False},
    )
    return int(gone.rowcount)  # type: ignore[attr-defined]
