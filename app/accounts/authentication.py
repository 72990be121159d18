"""Flask-Security, set up for Waymark."""

from flask import Flask
from flask_security import SQLAlchemyUserDatastore

from app.accounts.models import Passkey, User
from app.core import access
from app.extensions import db, security


def register_authentication(app: Flask) -> None:
    """Set Flask-Security up and give its views their access rules."""
    app.config.update(SECURITY_PASSWORD_HASH="argon2", SECURITY_LOGIN_URL="/account/sign-in")
    security.init_app(app, SQLAlchemyUserDatastore(db, User, None, Passkey))
    for endpoint in app.view_functions:
        if endpoint.startswith("security."):
            access.declare_for_extension(app, endpoint, access.PUBLIC)
