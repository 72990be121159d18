"""What a People Zone has beyond other workstreams: an area, a core team, a CSP and money."""

import uuid
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Organisation, User
from app.core.database import Base, Identified, Versioned
from app.core.errors import CONSTRAINT_MESSAGES
from app.core.history import Tracked
from app.core.rights import Right
from app.workstreams.models import Body


class Agency(StrEnum):
    """Who sits in a zone's core team (LSCSB paper of 10 December 2018, paragraphs 5 ii and 8)."""

    LOCAL_AUTHORITY = "local_authority"
    POLICE = "police"
    FIRE = "fire"
    HEALTH = "health"
    LOCAL_AREA_COORDINATION = "local_area_coordination"
    COMMUNITY_PANEL = "community_panel"
    OTHER = "other"

    @property
    def label(self) -> str:
        return {"local_area_coordination": "Local area co-ordination"}.get(
            self.value, self.value.replace("_", " ").capitalize()
        )


# "Each People Zone needs the involvement of the local authority, police, fire and health services."
REQUIRED_AGENCIES = (Agency.LOCAL_AUTHORITY, Agency.POLICE, Agency.FIRE, Agency.HEALTH)


class ZoneProfile(Identified, Versioned, Tracked, Base):
    """The area a zone covers and the CSP whose annual plan it belongs to."""

    __tablename__ = "zone_profiles"
    __table_args__ = (sa.UniqueConstraint("workstream_id"),)
    history_name = "People Zone details"
    restore_right = Right.EDIT_WORKSTREAM

    workstream_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("workstreams.id"))
    area: Mapped[str] = mapped_column(sa.String(200), default="")
    csp_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("bodies.id"), index=True)

    csp: Mapped[Body | None] = relationship()

    @property
    def history_title(self) -> str:
        return "Area and CSP"


class CoreTeamMember(Identified, Versioned, Tracked, Base):
    """An agency's operational lead in a zone; the person may not be named or have an account yet."""

    __tablename__ = "core_team_members"
    history_name = "core team member"
    restore_right = Right.EDIT_WORKSTREAM

    workstream_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("workstreams.id"), index=True)
    agency: Mapped[Agency]
    organisation_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("organisations.id"), index=True
    )
    user_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("users.id"), index=True)
    job: Mapped[str] = mapped_column(sa.String(160), default="")
    left_at: Mapped[datetime | None]

    organisation: Mapped[Organisation | None] = relationship()
    user: Mapped[User | None] = relationship()

    @property
    def history_title(self) -> str:
        return self.agency.label


class ZoneFunding(Identified, Versioned, Tracked, Base):
    """Money committed to a zone for one financial year (April to March), in pence."""

    __tablename__ = "zone_funding"
    __table_args__ = (
        sa.UniqueConstraint("workstream_id", "year_starting"),
        sa.CheckConstraint("amount_pence > 0", name="amount_positive"),
        sa.CheckConstraint("year_starting BETWEEN 2000 AND 2100", name="year_sensible"),
    )
    history_name = "funding"
    restore_right = Right.EDIT_WORKSTREAM

    workstream_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("workstreams.id"))
    year_starting: Mapped[int]
    amount_pence: Mapped[int] = mapped_column(sa.BigInteger)
    source: Mapped[str] = mapped_column(sa.String(200), default="")

    @property
    def financial_year(self) -> str:
        """2021/22"""
        return f"{self.year_starting}/{(self.year_starting + 1) % 100:02d}"

    @property
    def history_title(self) -> str:
        return f"Funding for {self.financial_year}"


CONSTRAINT_MESSAGES["uq_zone_profiles_workstream_id"] = (
    None,
    "Somebody else has just filled these details in. Go back to the zone and edit theirs",
)
CONSTRAINT_MESSAGES["uq_zone_funding_workstream_id_year_starting"] = (
    "year_starting",
    "There is already an amount for this year: change that one",
)
CONSTRAINT_MESSAGES["ck_zone_funding_amount_positive"] = ("amount", "Enter an amount above £0")
