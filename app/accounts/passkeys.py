"""What Waymark asks of a passkey."""

from typing import Any

from flask_security import WebauthnUtil
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)


class PasskeyRules(WebauthnUtil):
    """A passkey used instead of a password must check that it is its owner (by a fingerprint, face
    or PIN), so that it is two factors in one; any kind of device will do."""

    def authenticator_selection(self, user: Any, usage: str) -> AuthenticatorSelectionCriteria:
        if usage == "first":
            return AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.REQUIRED,
                user_verification=UserVerificationRequirement.REQUIRED,
            )
        return AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.DISCOURAGED,
            user_verification=UserVerificationRequirement.PREFERRED,
        )

    def user_verification(self, user: Any, usage: list[str]) -> UserVerificationRequirement:
        if usage == ["first"]:
            return UserVerificationRequirement.REQUIRED
        return UserVerificationRequirement.PREFERRED

    def name_svn(self, value: str) -> tuple[str | None, str | None]:
        """(what is wrong with a passkey's name, or None; the name as kept)."""
        name = " ".join(value.split())
        if len(name) > 64:
            return "Use at most 64 characters", None
        return None, name


def kind(passkey: Any) -> str:
    """How a passkey is used, in words."""
    if passkey.usage == "first":
        return "Signs you in, instead of your password"
    return "Second step, after your password"
