"""The base of the factories: rows in the test's session, committed by the client before a request."""

from factory.alchemy import SQLAlchemyModelFactory

from app.extensions import db


class Factory(SQLAlchemyModelFactory):
    """Flush, so that ids and constraints are real at once."""

    class Meta:
        abstract = True
        sqlalchemy_session_factory = lambda: db.session  # noqa: E731
        sqlalchemy_session_persistence = "flush"
