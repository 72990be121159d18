"""The Flask extensions, created here and set up by `create_app`. No logic."""

from flask_compress import Compress
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_migrate import Migrate
from flask_security import Security
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from govuk_frontend_wtf.main import WTFormsHelpers
from htmx_flask import Htmx

from app.core.database import Base

db = SQLAlchemy(model_class=Base, disable_autonaming=True)
migrate = Migrate()
security = Security()
csrf = CSRFProtect()
limiter = Limiter(get_remote_address)
htmx = Htmx()
compress = Compress()
wtforms_helpers = WTFormsHelpers()
