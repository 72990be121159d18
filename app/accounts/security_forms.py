"""Flask-Security's forms with our words and GOV.UK's widgets. What they check is the library's."""

from typing import Any

from flask import request, session
from flask_login import current_user
from flask_security import (
    ChangePasswordForm,
    ForgotPasswordForm,
    LoginForm,
    MfRecoveryForm,
    ResetPasswordForm,
    TwoFactorRescueForm,
    TwoFactorSelectForm,
    TwoFactorSetupForm,
    TwoFactorVerifyCodeForm,
    VerifyForm,
    WebAuthnRegisterForm,
    WebAuthnSigninForm,
    WebAuthnSigninResponseForm,
)
from flask_security.forms import EmailValidation, valid_user_email
from govuk_frontend_wtf.wtforms_widgets import GovRadioInput
from wtforms import HiddenField, RadioField, SelectChoice
from wtforms.validators import DataRequired

from app.accounts.password_rules import LONGEST
from app.core.forms import RadiosField, SecretField, TextField
from app.core.local_paths import local_path

WRONG = "The e-mail address or the password is not right. Check both and try again"
EMAIL_MISSING = "Enter your e-mail address"
PASSWORD_MISSING = "Enter your password"  # noqa: S105  (words for a person)
NEW_PASSWORD_MISSING = "Enter a new password"  # noqa: S105
NAME_MISSING = "Give the passkey a name, such as Work laptop"


class _GoesOn:
    """A form that knows where its person was going: only ever a path of ours."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        following: HiddenField = self.next  # type: ignore[attr-defined]
        following.data = local_path(following.data) or local_path(request.args.get("next")) or ""

    def validate_next(self, _field: HiddenField) -> None:
        """What is not a path of ours is already gone."""


class SignInForm(_GoesOn, LoginForm):
    email = TextField(
        "E-mail address",
        validators=[DataRequired(EMAIL_MISSING), EmailValidation(verify=False)],
    )
    password = SecretField("Password", validators=[DataRequired(PASSWORD_MISSING)])
    remember = None
    submit = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The library puts a link there; the page has its own.
        self.password.description = ""

    def validate(self, **kwargs: Any) -> bool:
        # Far longer than any password that can have been set: not worth hashing.
        if len(self.password.data or "") > LONGEST:
            self.form_errors.append(WRONG)
            return False
        if not super().validate(**kwargs):
            # One message, whichever of the two was wrong.
            if self.email.errors and self.password.errors:
                self.email.errors = []
            return False
        return self._enough_for_an_administrator()

    def _enough_for_an_administrator(self) -> bool:
        user: Any = self.user
        if not user.must_use_passkey:
            return True
        self.form_errors.append("Sign in with your passkey: a password alone is not enough for you")
        return False


class AskForResetForm(ForgotPasswordForm):
    email = TextField(
        "E-mail address",
        validators=[
            DataRequired(EMAIL_MISSING),
            EmailValidation(verify=True),
            valid_user_email,
        ],
    )
    submit = None


class NewPasswordForm(ResetPasswordForm):
    """One box, not two: it can be shown, and pasted into."""

    password = SecretField("New password", validators=[DataRequired(NEW_PASSWORD_MISSING)])
    password_confirm = None
    submit = None


class ChangeForm(ChangePasswordForm):
    password = SecretField("Current password", validators=[DataRequired(PASSWORD_MISSING)])
    new_password = SecretField("New password", validators=[DataRequired(NEW_PASSWORD_MISSING)])
    new_password_confirm = None
    submit = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Who signs in with a work account alone has none yet; the library then asks for fresh proof.
        if not current_user.password:
            self.password.validators = []


class ConfirmForm(_GoesOn, VerifyForm):
    password = SecretField("Password", validators=[DataRequired(PASSWORD_MISSING)])
    submit = None

    def validate(self, **kwargs: Any) -> bool:
        if not self.user.password:
            self.form_errors.append("You have no password here. Use your work account")
            return False
        return super().validate(**kwargs)


class AppSetUpForm(TwoFactorSetupForm):
    """Only an authenticator app is offered; the buttons say what they do."""

    setup = HiddenField()
    phone = HiddenField()
    submit = None


class _Digits:
    """Codes are shown in groups and typed with spaces and dashes; none of these matter."""

    def __call__(self, value: str | None) -> str | None:
        return value.replace(" ", "").replace("-", "") if isinstance(value, str) else value


class CodeForm(TwoFactorVerifyCodeForm):
    code = TextField(
        "6-digit code", filters=[_Digits()], validators=[DataRequired("Enter the 6-digit code")]
    )
    submit = None


class HelpForm(TwoFactorRescueForm):
    """The library makes one beside every code; we offer recovery codes by a link."""

    help_setup = RadiosField(choices=[])
    submit = None


STEPS = {"authenticator": "Authenticator app", "webauthn": "Passkey"}


class _StepsField(RadioField):
    """The second steps that somebody has set up, by our names."""

    widget = GovRadioInput()

    def _choices_from_input(self, choices: Any) -> Any:
        named = [SelectChoice(value, STEPS.get(value, label)) for value, label in choices or []]
        return super()._choices_from_input(named)


class ChooseSecondStepForm(TwoFactorSelectForm):
    which = _StepsField("How do you want to prove it is you?")
    submit = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.which.validators = [DataRequired("Choose one")]


def _recovery_code(value: str | None) -> str | None:
    """As it is kept: lower case, three groups of four."""
    if not isinstance(value, str):
        return value
    plain = "".join(character for character in value.lower() if character.isalnum())
    return "-".join(plain[i : i + 4] for i in range(0, len(plain), 4))


class RecoveryCodeForm(MfRecoveryForm):
    code = TextField(
        "Recovery code",
        filters=[_recovery_code],
        validators=[DataRequired("Enter one of your recovery codes")],
    )
    submit = None


class AddPasskeyForm(WebAuthnRegisterForm):
    name = TextField("Name of the passkey", validators=[DataRequired(NAME_MISSING)])
    usage = RadiosField(
        "How do you want to use it?",
        choices=[
            ("first", "To sign in, instead of my password"),
            ("secondary", "As a second step, after my password"),
        ],
        default="first",
    )
    submit = None


class StartPasskeyForm(_GoesOn, WebAuthnSigninForm):
    """Starts signing in with a passkey. No browser is remembered, whatever is sent."""

    submit = None

    def validate(self, **kwargs: Any) -> bool:
        self.remember.data = False
        return super().validate(**kwargs)


class PasskeyAnswerForm(_GoesOn, WebAuthnSigninResponseForm):
    """The browser's answer."""

    submit = None

    def validate(self, **kwargs: Any) -> bool:
        self.remember.data = ""
        # The library notes that an account is suspended, and goes on all the same.
        if not super().validate(**kwargs) or self.errors:
            return False
        # As a second step the passkey must be that of the person who gave the password.
        user: Any = self.user
        if self.is_secondary and user.fs_uniquifier != session.get("tf_user_id"):
            self.form_errors.append("That passkey belongs to another account")
            return False
        return True


FORMS = {
    "login_form": SignInForm,
    "forgot_password_form": AskForResetForm,
    "reset_password_form": NewPasswordForm,
    "change_password_form": ChangeForm,
    "verify_form": ConfirmForm,
    "two_factor_setup_form": AppSetUpForm,
    "two_factor_verify_code_form": CodeForm,
    "two_factor_rescue_form": HelpForm,
    "two_factor_select_form": ChooseSecondStepForm,
    "mf_recovery_form": RecoveryCodeForm,
    "wan_register_form": AddPasskeyForm,
    "wan_signin_form": StartPasskeyForm,
    "wan_signin_response_form": PasskeyAnswerForm,
}
