"""Single sign-on by OpenID Connect: people sign in with the account of their own organisation.

Off until configured (`settings`). Authlib speaks the protocol (`provider`); which work account is whose
is a row that only an invitation or its signed-in owner makes (`linking`): an e-mail address that a
provider tells is never taken as proof of anything.
"""

from flask import Flask

from app.accounts.throttling import count_tries_at
from app.accounts.work_account import leaving, provider, settings, trouble


def register(app: Flask) -> None:
    """Called once by `app.accounts.register`. Raises RuntimeError for settings that cannot work."""
    settings.check(app.config)
    app.jinja_env.globals["work_account_label"] = settings.label
    leaving.register(app)
    trouble.register(app)
    if settings.is_on(app):
        provider.register(app)
    # A tally of its own: when the provider has a bad day, nobody is shut out of the sign-in form.
    count_tries_at("accounts.work_account_return", tally="work account")
