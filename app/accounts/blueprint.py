"""The blueprint of accounts, and the modules whose views are on it."""

from flask import Blueprint

bp = Blueprint("accounts", __name__)

from app.accounts import (  # noqa: E402, F401  (each module adds its views)
    demo_routes,
    invitation_routes,
    organisation_routes,
    people_routes,
    routes,
)
from app.accounts.work_account import linking_routes  # noqa: E402, F401
from app.accounts.work_account import routes as work_account_routes  # noqa: E402, F401
