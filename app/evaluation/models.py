"""Evaluation notes and what they bear on, files with them, recommendations, and judgements of ambitions."""

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Organisation, User
from app.core import clock
from app.core.database import Base, Identified, Versioned
from app.core.errors import CONSTRAINT_MESSAGES
from app.core.history import Tracked
from app.core.rights import Right
from app.delivery.models import Activity
from app.indicators.models import Indicator
from app.theory_of_change.models import Assumption, Link, Node
from app.workstreams.models import Aim


class Scale(StrEnum):
    """The stated scales of how strong evidence is; both have five levels."""

    MARYLAND = "maryland"
    NESTA = "nesta"

    @property
    def label(self) -> str:
        return {
            "maryland": "Maryland Scientific Methods Scale",
            "nesta": "Nesta Standards of Evidence",
        }[self.value]


class EvaluationSetting(Identified, Versioned, Tracked, Base):
    """Which scale a workstream's notes are rated on."""

    __tablename__ = "evaluation_settings"
    __table_args__ = (sa.UniqueConstraint("workstream_id"),)
    history_name = "evidence scale"

    workstream_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("workstreams.id"))
    scale: Mapped[Scale] = mapped_column(default=Scale.MARYLAND)

    @property
    def history_title(self) -> str:
        return self.scale.label


class NoteKind(StrEnum):
    OBSERVATION = "observation"
    INTERVIEW = "interview"
    CASE_STUDY = "case_study"
    SURVEY = "survey"
    DOCUMENT = "document"
    DATA = "data"
    LESSON = "lesson"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ").capitalize()


class Direction(StrEnum):
    """What a finding says of what it bears on."""

    SUPPORTS = "supports"
    MIXED = "mixed"
    CONTRADICTS = "contradicts"
    UNCLEAR = "unclear"

    @property
    def label(self) -> str:
        return self.value.capitalize()


class Audience(StrEnum):
    """Who may read a note, among those who see the workstream."""

    EVERYONE = "everyone"
    EVALUATORS_AND_LEADS = "evaluators_and_leads"
    NAMED = "named"

    @property
    def label(self) -> str:
        return {
            "everyone": "Everyone on the workstream",
            "evaluators_and_leads": "Evaluators and leads",
            "named": "Only the people named",
        }[self.value]


class NoteReader(Base):
    """One of the people named as readers of a note."""

    __tablename__ = "note_readers"

    note_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("evaluation_notes.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("users.id"), primary_key=True, index=True
    )


_BORNE = ("aims", "nodes", "links", "assumptions", "indicators", "activities")


def _bears_on() -> Any:
    # All six write the column `note_id` of one table, each in rows of its own.
    return relationship(secondary="note_bearings", overlaps=",".join(_BORNE))


class Note(Identified, Versioned, Tracked, Base):
    """A dated finding."""

    __tablename__ = "evaluation_notes"
    __table_args__ = (
        sa.CheckConstraint("length(title) > 0", name="title_given"),
        sa.CheckConstraint("strength BETWEEN 1 AND 5", name="strength_in_range"),
        sa.CheckConstraint("(strength IS NULL) = (scale IS NULL)", name="strength_has_scale"),
        sa.Index("ix_evaluation_notes_workstream_id_on_date", "workstream_id", "on_date"),
    )
    history_name = "evaluation note"
    # Earlier words may have been for fewer people than the note is now. `readable` says of which notes.
    history_right = Right.READ_RESTRICTED_NOTES
    history_collections = ("readers", *_BORNE)
    restore_right = Right.WRITE_NOTES
    # Who may read it is chosen on its own page, where the words are in view.
    restore_excludes = frozenset({"author_id", "audience", "readers"})

    workstream_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("workstreams.id"))
    author_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("users.id"), index=True)
    title: Mapped[str] = mapped_column(sa.String(200))
    on: Mapped[date] = mapped_column("on_date")
    kind: Mapped[NoteKind]
    # Markdown.
    text: Mapped[str] = mapped_column(sa.Text, default="")
    method: Mapped[str] = mapped_column(sa.Text, default="")
    sample: Mapped[str] = mapped_column(sa.Text, default="")
    shows: Mapped[str] = mapped_column(sa.Text, default="")
    so_what: Mapped[str] = mapped_column(sa.Text, default="")
    # A level of `scale`; None: not rated.
    strength: Mapped[int | None]
    scale: Mapped[Scale | None]
    direction: Mapped[Direction] = mapped_column(default=Direction.UNCLEAR)
    audience: Mapped[Audience] = mapped_column(default=Audience.EVERYONE)
    archived_at: Mapped[datetime | None]

    author: Mapped[User | None] = relationship()
    readers: Mapped[list[User]] = relationship(secondary="note_readers")
    # What it bears on; each is a row of `Bearing`.
    aims: Mapped[list[Aim]] = _bears_on()
    nodes: Mapped[list[Node]] = _bears_on()
    links: Mapped[list[Link]] = _bears_on()
    assumptions: Mapped[list[Assumption]] = _bears_on()
    indicators: Mapped[list[Indicator]] = _bears_on()
    activities: Mapped[list[Activity]] = _bears_on()

    @property
    def history_title(self) -> str:
        return self.title


_BEARABLE = ("node_id", "link_id", "assumption_id", "aim_id", "indicator_id", "activity_id")


class Bearing(Identified, Base):
    """One thing that a note bears on: exactly one of these."""

    __tablename__ = "note_bearings"
    __table_args__ = (
        sa.CheckConstraint(
            " + ".join(f"CASE WHEN {name} IS NULL THEN 0 ELSE 1 END" for name in _BEARABLE)
            + " = 1",
            name="on_one_thing",
        ),
        *(
            sa.UniqueConstraint("note_id", name, name=f"uq_note_bearings_{name}")
            for name in _BEARABLE
        ),
    )

    note_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("evaluation_notes.id", ondelete="CASCADE")
    )
    node_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("theory_nodes.id"), index=True)
    link_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("theory_links.id"), index=True)
    assumption_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("theory_assumptions.id"), index=True
    )
    aim_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("aims.id"), index=True)
    indicator_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("indicators.id"), index=True
    )
    activity_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("activities.id"), index=True
    )


class Attachment(Identified, Tracked, Base):
    """A file with a note. Its bytes are in the file store, under `key`; removed, they are gone, so history
    tells of it and puts nothing back."""

    __tablename__ = "note_attachments"
    __table_args__ = (
        sa.UniqueConstraint("key"),
        sa.CheckConstraint("size > 0", name="size_positive"),
    )
    history_name = "file of a note"
    history_right = Right.READ_RESTRICTED_NOTES
    history_ignores = frozenset({"id", "key", "sha256", "added_at", "added_by_id", "content_type"})

    note_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("evaluation_notes.id", ondelete="CASCADE"), index=True
    )
    key: Mapped[str] = mapped_column(sa.String(100))
    filename: Mapped[str] = mapped_column(sa.String(200))
    # As its content says, not its name.
    content_type: Mapped[str] = mapped_column(sa.String(100))
    size: Mapped[int]  # bytes
    sha256: Mapped[str] = mapped_column(sa.String(64))
    added_at: Mapped[datetime] = mapped_column(default=clock.now)
    added_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("users.id"), index=True)
    removed_at: Mapped[datetime | None]

    @property
    def history_title(self) -> str:
        return self.filename

    @property
    def history_workstream_id(self) -> uuid.UUID | None:
        session = sa.orm.object_session(self)
        note = session.get(Note, self.note_id) if session else None
        return note.workstream_id if note else None


class Answer(StrEnum):
    """What was decided about a recommendation."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    PART = "part"
    DECLINED = "declined"

    @property
    def label(self) -> str:
        return {"waiting": "Not answered yet", "part": "Accepted in part"}.get(
            self.value, self.value.capitalize()
        )


class Recommendation(Identified, Versioned, Tracked, Base):
    """Something that a note or a report asks for, and what became of it."""

    __tablename__ = "recommendations"
    __table_args__ = (
        sa.CheckConstraint("length(text) > 0", name="text_given"),
        sa.CheckConstraint(
            "answer IN ('waiting', 'accepted') OR length(reason) > 0", name="not_in_full_has_reason"
        ),
        sa.CheckConstraint(
            "done_on IS NULL OR answer IN ('accepted', 'part')", name="only_accepted_is_done"
        ),
    )
    history_name = "recommendation"
    restore_right = Right.WRITE_NOTES
    # The answer has a page and a right of its own.
    restore_excludes = frozenset(
        {
            "note_id",
            "position",
            "answer",
            "reason",
            "owner_id",
            "organisation_id",
            "due_on",
            "done_on",
        }
    )

    workstream_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("workstreams.id"), index=True)
    # The note that makes it; None: a report outside Waymark, named in `report`.
    note_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("evaluation_notes.id"), index=True
    )
    report: Mapped[str] = mapped_column(sa.String(300), default="")
    made_on: Mapped[date | None]
    text: Mapped[str] = mapped_column(sa.Text)
    answer: Mapped[Answer] = mapped_column(default=Answer.WAITING)
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    owner_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("users.id"), index=True)
    organisation_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("organisations.id"), index=True
    )
    due_on: Mapped[date | None]
    done_on: Mapped[date | None]
    position: Mapped[int] = mapped_column(default=0)
    archived_at: Mapped[datetime | None]

    note: Mapped[Note | None] = relationship()
    owner: Mapped[User | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()

    @property
    def history_title(self) -> str:
        return self.text


CONSTRAINT_MESSAGES["ck_recommendations_not_in_full_has_reason"] = ("reason", "Say why")
CONSTRAINT_MESSAGES["ck_recommendations_only_accepted_is_done"] = (
    "answer",
    "It is marked as done. Say first that it is not done yet",
)


class RecommendationUpdate(Identified, Base):
    """What was done about a recommendation, as somebody said on a day. Never changed."""

    __tablename__ = "recommendation_updates"
    __table_args__ = (sa.CheckConstraint("length(text) > 0", name="text_given"),)

    recommendation_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("recommendations.id", ondelete="CASCADE"), index=True
    )
    on: Mapped[date] = mapped_column("on_date", default=clock.today)
    posted_at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("users.id"), index=True)
    text: Mapped[str] = mapped_column(sa.Text)

    by: Mapped[User | None] = relationship()


class Realised(StrEnum):
    """How far an ambition statement has come true."""

    NOT_YET = "not_yet"
    PARTLY = "partly"
    LARGELY = "largely"
    REALISED = "realised"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ").capitalize()


class Judgement(Identified, Tracked, Base):
    """How far somebody judged an ambition statement to be realised, on a day and why. A later judgement
    is another row."""

    __tablename__ = "judgements"
    __table_args__ = (
        sa.CheckConstraint("length(reason) > 0", name="reason_given"),
        sa.Index("ix_judgements_aim_id_on_date", "aim_id", "on_date"),
    )
    history_name = "judgement"

    workstream_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("workstreams.id"), index=True)
    aim_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("aims.id"))
    level: Mapped[Realised]
    reason: Mapped[str] = mapped_column(sa.Text)
    on: Mapped[date] = mapped_column("on_date", default=clock.today)
    judged_at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("users.id"), index=True)

    aim: Mapped[Aim] = relationship()
    by: Mapped[User | None] = relationship()

    @property
    def history_title(self) -> str:
        return self.level.label


CONSTRAINT_MESSAGES["ck_judgements_reason_given"] = ("reason", "Say why")
