"""`flask cohorts invite` by two processes at once: each message is written once, on both engines."""

import os
import subprocess
import sys
from collections import Counter

from app.extensions import db
from tests.cohorts.inviting.conftest import mails
from tests.factories.cohorts_inviting import NominationFactory, WaitingAddressFactory
from tests.server import ROOT

PEOPLE = 12


def both(app):
    """Run the command in two processes at once; what each printed."""
    settings = {
        "DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"].replace("+psycopg", ""),
        "WAYMARK_INSTANCE": str(app.config["INSTANCE"]),
        "WAYMARK_TODAY": "2021-06-18",
    }
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "flask", "--app", "wsgi", "cohorts", "invite"],
            cwd=ROOT,
            env={**os.environ, **settings},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    printed = []
    for process in running:
        said, complaints = process.communicate(timeout=120)
        assert process.returncode == 0, complaints
        printed.append(said)
    return printed


def test_each_is_invited_and_told_once(app, cohort):
    here = {"workstream_id": cohort.id}
    for number in range(PEOPLE):
        NominationFactory(**here, email=f"n{number}@example.org")
        NominationFactory(**here, email=f"n{number}@example.org")  # by another partner
        WaitingAddressFactory(**here, programme_id=cohort.programme_id)
    db.session.commit()
    printed = both(app) + both(app)
    assert all("Failed: 0" in said for said in printed), printed
    written = Counter(message.recipient for message in mails())
    assert len(written) == 2 * PEOPLE
    assert set(written.values()) == {1}
