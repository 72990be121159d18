"""What Flask-Security says, in our words. The library flashes these or puts them beside fields."""

GENERIC = "The e-mail address or the password is not right. Check both and try again"
EXPIRED_STEP = "That took longer than %(within)s. Start again"
PASSKEY_FAILED = "That passkey did not work. Try again, or use another way"

# Library key -> (words, category of the notice)
WORDS: dict[str, tuple[str, str]] = {
    "API_ERROR": ("Start again: part of what was sent is missing", "error"),
    "GENERIC_AUTHN_FAILED": (GENERIC, "error"),
    "INVALID_PASSWORD": ("The password is not right", "error"),
    "USER_DOES_NOT_EXIST": (GENERIC, "error"),
    "DISABLED_ACCOUNT": (GENERIC, "error"),
    "EMAIL_NOT_PROVIDED": ("Enter your e-mail address", "error"),
    "INVALID_EMAIL_ADDRESS": ("Enter an e-mail address, like name@example.org", "error"),
    "PASSWORD_NOT_PROVIDED": ("Enter your password", "error"),
    "PASSWORD_IS_THE_SAME": ("The new password is the same as the current one", "error"),
    "PASSWORD_CHANGE": (
        "Password changed. Other browsers and devices have been signed out.",
        "success",
    ),
    "PASSWORD_RESET_NO_LOGIN": ("Password changed. Sign in with the new one.", "success"),
    "PASSWORD_RESET_EXPIRED": (
        "That link was older than %(within)s. Ask for a new one below.",
        "error",
    ),
    "INVALID_RESET_PASSWORD_TOKEN": (
        "That link has been used already, or is not complete. Ask for a new one below.",
        "error",
    ),
    "REAUTHENTICATION_REQUIRED": (
        "Confirm that it is you before you change how you sign in.",
        "info",
    ),
    "REAUTHENTICATION_SUCCESSFUL": ("Thank you, that was right.", "success"),
    "UNAUTHENTICATED": ("Sign in to see that page.", "info"),
    "TWO_FACTOR_INVALID_TOKEN": (
        "That code is not right, or was used before. Wait for the next one and enter it",
        "error",
    ),
    "TWO_FACTOR_LOGIN_SUCCESSFUL": ("You are signed in.", "success"),
    "TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": (
        "Your authenticator app is set up. You will be asked for its code when you sign in.",
        "success",
    ),
    "TWO_FACTOR_PERMISSION_DENIED": ("Sign in from the start, please.", "info"),
    "TWO_FACTOR_METHOD_NOT_AVAILABLE": ("That cannot be chosen", "error"),
    "TWO_FACTOR_DISABLED": ("Your authenticator app is removed.", "success"),
    "TWO_FACTOR_SETUP_EXPIRED": (EXPIRED_STEP, "error"),
    "INVALID_RECOVERY_CODE": (
        "That recovery code is not right, or was used before. Try another one",
        "error",
    ),
    "NO_RECOVERY_CODES_SETUP": ("You have no recovery codes yet", "info"),
    "WEBAUTHN_EXPIRED": (EXPIRED_STEP, "error"),
    "WEBAUTHN_NAME_REQUIRED": ("Give the passkey a name, such as Work laptop", "error"),
    "WEBAUTHN_NAME_INUSE": ("You already have a passkey called %(name)s", "error"),
    "WEBAUTHN_NAME_NOT_FOUND": ("You have no passkey called %(name)s", "error"),
    "WEBAUTHN_CREDENTIAL_DELETED": ("Passkey %(name)s removed.", "success"),
    "WEBAUTHN_REGISTER_SUCCESSFUL": ("Passkey %(name)s added.", "success"),
    "WEBAUTHN_CREDENTIAL_ID_INUSE": ("That passkey is already in use", "error"),
    "WEBAUTHN_UNKNOWN_CREDENTIAL_ID": (
        "Waymark does not know that passkey. Sign in another way and add it on your account page",
        "error",
    ),
    "WEBAUTHN_ORPHAN_CREDENTIAL_ID": (PASSKEY_FAILED, "error"),
    "WEBAUTHN_NO_VERIFY": (PASSKEY_FAILED, "error"),
    "WEBAUTHN_MISMATCH_USER_HANDLE": (PASSKEY_FAILED, "error"),
    "WEBAUTHN_CREDENTIAL_WRONG_USAGE": (
        "That passkey was added for another use. Try another one, or use your password",
        "error",
    ),
}

SUBJECTS = {
    "PASSWORD_RESET": "Choose a new password for Waymark",
    "PASSWORD_NOTICE": "Your Waymark password was changed",
    "PASSWORD_CHANGE_NOTICE": "Your Waymark password was changed",
}
