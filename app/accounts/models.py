"""People and the organisations they work for, and what proves that they are who they say."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

import sqlalchemy as sa
from flask import current_app
from flask_security import AsaList, UserMixin, WebAuthnMixin
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock
from app.core.database import Base, Identified, Versioned
from app.core.errors import CONSTRAINT_MESSAGES
from app.core.history import Tracked
from app.core.rights import Right, Role


class OrganisationKind(StrEnum):
    POLICE = "police"
    LOCAL_AUTHORITY = "local_authority"
    FIRE = "fire"
    HEALTH = "health"
    PROBATION = "probation"
    VOLUNTARY_SECTOR = "voluntary_sector"
    UNIVERSITY = "university"
    OPCC = "opcc"
    OTHER = "other"

    @property
    def label(self) -> str:
        return (
            "OPCC" if self is OrganisationKind.OPCC else self.value.replace("_", " ").capitalize()
        )


class Organisation(Identified, Versioned, Tracked, Base):
    """A partner: a police force, a council, a charity …"""

    __tablename__ = "organisations"
    __table_args__ = (
        sa.UniqueConstraint("name"),
        sa.CheckConstraint("length(name) > 0", name="name_given"),
    )
    history_name = "organisation"
    restore_right = Right.MANAGE_PEOPLE

    name: Mapped[str] = mapped_column(sa.String(200))
    kind: Mapped[OrganisationKind]

    @property
    def history_title(self) -> str:
        return self.name


CONSTRAINT_MESSAGES["uq_organisations_name"] = (
    "name",
    "There is already an organisation of this name",
)


class GlobalRole(StrEnum):
    """A role over the whole installation."""

    ADMINISTRATOR = "administrator"
    OPCC_READER = "opcc_reader"

    @property
    def label(self) -> str:
        return Role(self.value).label


class User(Identified, Versioned, Tracked, UserMixin, Base):
    """A person with an account. Suspended means `active` is false: nothing is deleted."""

    __tablename__ = "users"
    __table_args__ = (
        sa.UniqueConstraint("email"),
        sa.CheckConstraint("email = lower(email)", name="email_lower_case"),
        sa.CheckConstraint("length(name) > 0", name="name_given"),
    )
    history_name = "person"
    history_ignores: ClassVar[frozenset[str]] = frozenset(
        {
            "id",
            "version",
            "created_at",
            "password",
            "fs_uniquifier",
            "fs_webauthn_user_handle",
            "tf_totp_secret",
            "tf_primary_method",
            "mf_recovery_codes",
        }
    )

    email: Mapped[str] = mapped_column(sa.String(254), info={"personal": True})
    name: Mapped[str] = mapped_column(sa.String(120), info={"personal": True})
    organisation_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("organisations.id"), index=True
    )
    global_role: Mapped[GlobalRole | None]
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    # Flask-Security's: see its documentation for each.
    password: Mapped[str | None] = mapped_column(sa.String(255))
    fs_uniquifier: Mapped[str] = mapped_column(
        sa.String(64), unique=True, default=lambda: uuid.uuid4().hex
    )
    fs_webauthn_user_handle: Mapped[str | None] = mapped_column(sa.String(64), unique=True)
    tf_primary_method: Mapped[str | None] = mapped_column(sa.String(64))
    tf_totp_secret: Mapped[str | None] = mapped_column(sa.String(255))
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(AsaList()))

    organisation: Mapped[Organisation | None] = relationship()
    webauthn: Mapped[list["Passkey"]] = relationship(
        back_populates="user", cascade="all, delete-orphan", passive_deletes=True
    )
    work_account: Mapped["WorkAccount | None"] = relationship(
        cascade="all, delete-orphan", passive_deletes=True
    )

    @property
    def history_title(self) -> str:
        return self.name

    @property
    def has_joined(self) -> bool:
        """Whether they have accepted an invitation: they can sign in with something."""
        return bool(self.password) or self.work_account is not None

    @property
    def is_administrator(self) -> bool:
        return self.global_role is GlobalRole.ADMINISTRATOR

    @property
    def has_second_factor(self) -> bool:
        """Whether signing in as this user can take more than a password."""
        return bool(self.tf_totp_secret and self.tf_primary_method) or bool(self.webauthn)

    @property
    def needs_second_factor(self) -> bool:
        """Whether the settings ask this user for a second factor."""
        return self.is_administrator and bool(current_app.config["REQUIRE_ADMIN_MFA"])

    @property
    def must_use_passkey(self) -> bool:
        """Whether this administrator's only second factor is a passkey that stands for both steps.
        Anything less would be led on to set another factor up."""
        if not self.needs_second_factor or self.tf_totp_secret or not self.webauthn:
            return False
        return all(passkey.usage != "secondary" for passkey in self.webauthn)

    def check_tf_required(
        self, tf_setup_methods: list[tuple[str, str]], tf_fresh: bool
    ) -> tuple[bool, list[tuple[str, str]]]:
        """Flask-Security asks after the first factor: always the second, where there is one, and
        where the settings want one (then it is set up before anything else)."""
        return bool(tf_setup_methods) or self.needs_second_factor, tf_setup_methods

    def check_tf_required_setup(self) -> bool:
        """Flask-Security asks whether the second factor may be removed."""
        return self.needs_second_factor

    @property
    def global_roles(self) -> frozenset[Role]:
        """The global role as the rights matrix knows it."""
        return frozenset({Role(self.global_role.value)}) if self.global_role else frozenset()


CONSTRAINT_MESSAGES["uq_users_email"] = (
    "email",
    "Somebody with this e-mail address has an account",
)


class Passkey(WebAuthnMixin, Base):
    """A passkey of a user's (Flask-Security's WebAuthn record)."""

    __tablename__ = "passkeys"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("users.id", ondelete="CASCADE"), index=True
    )
    credential_id: Mapped[bytes] = mapped_column(sa.LargeBinary(1024), unique=True)
    public_key: Mapped[bytes] = mapped_column(sa.LargeBinary)
    sign_count: Mapped[int | None] = mapped_column(default=0)
    transports: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(AsaList()))
    backup_state: Mapped[bool]
    device_type: Mapped[str] = mapped_column(sa.String(64))
    extensions: Mapped[str | None] = mapped_column(sa.String(255))
    create_datetime: Mapped[datetime] = mapped_column(default=clock.now)
    lastuse_datetime: Mapped[datetime]
    name: Mapped[str] = mapped_column(sa.String(64))
    usage: Mapped[str] = mapped_column(sa.String(64))

    user: Mapped[User] = relationship(back_populates="webauthn")

    def get_user_mapping(self) -> dict[str, Any]:
        """How Flask-Security finds the user of a credential."""
        return {"id": self.user_id}


class WorkAccount(Identified, Base):
    """The account at their own organisation's sign-in service with which somebody signs in. Only an
    invitation, or they themselves when signed in, make the link."""

    __tablename__ = "work_accounts"
    __table_args__ = (
        sa.UniqueConstraint("user_id"),
        sa.UniqueConstraint("issuer", "subject"),
        sa.CheckConstraint("length(subject) > 0", name="subject_given"),
    )

    user_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"))
    # Who vouches, and by which name that never changes and is never given to anybody else.
    issuer: Mapped[str] = mapped_column(sa.String(255))
    subject: Mapped[str] = mapped_column(sa.String(255), info={"personal": True})
    linked_at: Mapped[datetime] = mapped_column(default=clock.now)


CONSTRAINT_MESSAGES["uq_work_accounts_issuer_subject"] = (
    None,
    "That work account is linked to another account in Waymark. Sign in with it, or use another one.",
)
CONSTRAINT_MESSAGES["uq_work_accounts_user_id"] = (
    None,
    "Your account is linked to a work account already. Remove that first.",
)


class SignIn(Identified, Base):
    """One signed-in browser. The cookie names it; ending it ends the session, whoever holds a copy."""

    __tablename__ = "sign_ins"

    user_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("users.id", ondelete="CASCADE"), index=True
    )
    started_at: Mapped[datetime] = mapped_column(default=clock.now)
    ended_at: Mapped[datetime | None]


class Invitation(Identified, Base):
    """A link sent to a new person, good once and for 48 hours. Only the token's hash is kept."""

    __tablename__ = "invitations"
    __table_args__ = (sa.UniqueConstraint("token_hash"),)

    user_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("users.id", ondelete="CASCADE"), index=True
    )
    invited_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("users.id"))
    token_hash: Mapped[str] = mapped_column(sa.String(64))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]


class GuessCount(Base):
    """How many tries a key has used in its window: the store behind the rate limits, so that they
    hold across processes and restarts. Keys are hashed by the store; no address stays readable."""

    __tablename__ = "guess_counts"

    key: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    tries: Mapped[int]
    expires_at: Mapped[datetime] = mapped_column(index=True)
