"""Files with a note: which are taken, who gets them, and how they are served."""

import io
import zipfile
from datetime import timedelta

import pytest
import sqlalchemy as sa
from docx import Document
from openpyxl import Workbook

from app.accounts.models import User
from app.core import clock
from app.core.errors import Refused
from app.evaluation.files import store
from app.evaluation.files.kinds import safe_name, type_of
from app.evaluation.files.services import MOST_FILES
from app.evaluation.files.tidying import tidy
from app.evaluation.models import Attachment, Audience, Note
from app.extensions import db
from app.importing.limits import MOST_BYTES
from app.workstreams.models import MemberRole, Workstream
from tests.client import new_id
from tests.delivery.importing import MULTIPART, multipart
from tests.evaluation.scene import URL, everybody, new_parks, somebody
from tests.factories.evaluation import AttachmentFactory, NoteFactory

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 40


def docx() -> bytes:
    out = io.BytesIO()
    Document().save(out)
    return out.getvalue()


def xlsx() -> bytes:
    out = io.BytesIO()
    Workbook().save(out)
    return out.getvalue()


def archive(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, words in parts.items():
            made.writestr(name.replace("__", "/"), words)
    return out.getvalue()


def send(client, note, content, name="a.pdf", **more):
    fields = {"csrf_token": client.csrf_token(), "id": new_id(), **more}
    body = multipart(fields, name, content)
    url = f"{URL}/notes/{note.id}/files/add"
    return client.post(url, data=body, content_type=MULTIPART, csrf=False)


@pytest.fixture
def note(app):
    return NoteFactory(workstream_id=new_parks().id)


@pytest.fixture
def evaluator(client, note):
    user = somebody(db.session.get(Workstream, note.workstream_id))
    client.sign_in(user)
    return user


def test_a_file_is_kept_and_comes_back_as_a_download(client, note, evaluator):
    assert send(client, note, PDF, "papers/Report.PDF").status_code == 303
    kept = db.session.scalars(sa.select(Attachment)).one()
    assert (kept.filename, kept.content_type, kept.size) == (
        "Report.pdf",
        "application/pdf",
        len(PDF),
    )
    page = client.get(f"{URL}/notes/{note.id}").text
    assert "Report.pdf" in page
    answer = client.get(f"{URL}/notes/{note.id}/files/{kept.id}")
    assert answer.data == PDF
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"] == "attachment; filename=Report.pdf"
    assert "1 file" in client.get(URL).text


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (PDF, "x.html", ".pdf"),
        (PNG, "x", ".png"),
        (docx(), "x.zip", ".docx"),
        (xlsx(), "x.docx", ".xlsx"),
        (archive(mimetype="application/vnd.oasis.opendocument.text"), "x.odt", ".odt"),
        (b"name,number\nA,1\n", "x.csv", ".csv"),
        ("Größe\n".encode("cp1252"), "x.txt", ".txt"),
    ],
)
def test_what_a_file_is_its_content_says(content, name, kind):
    assert safe_name(name, type_of(content, name)).endswith(kind)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<html><script>alert(1)</script></html>", "x.pdf"),
        (b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>", "x.png"),
        (b"MZ\x90\x00" + b"\x00" * 60, "x.pdf"),
        (b"#!/bin/sh\nrm -rf /\n", "x.sh"),
        (b"a,b\x00c", "x.csv"),
        (archive(**{"evil.exe": "x"}), "x.docx"),
        (archive(word__document="x", word__vbaProject="x", **{"word/document.xml": "y"}), "x.docx"),
        (b"PK\x03\x04 not an archive", "x.docx"),
        (b"", "x.pdf"),
    ],
)
def test_other_files_are_not_taken(client, note, evaluator, content, name):
    assert send(client, note, content, name).status_code == 422
    assert db.session.scalars(sa.select(Attachment)).all() == []


def test_names_cannot_lead_anywhere():
    assert safe_name("../../etc/passwd", "text/plain") == "passwd.txt"
    assert safe_name("a\r\nSet-Cookie: x.pdf", "application/pdf") == "aSet-Cookie x.pdf"
    assert safe_name("...", "application/pdf") == "file.pdf"
    assert len(safe_name("x" * 400 + ".pdf", "application/pdf")) <= 200


def test_a_file_that_is_too_large_is_not_taken(client, note, evaluator):
    answer = send(client, note, PDF + b"0" * MOST_BYTES)
    assert answer.status_code in (413, 422)
    assert "larger than 10 MB" in answer.text
    assert send(client, note, PDF + b"0" * (MOST_BYTES + 2_000_000)).status_code == 413


def test_a_note_takes_so_many(client, note, evaluator):
    AttachmentFactory.create_batch(MOST_FILES, note_id=note.id)
    answer = send(client, note, PDF)
    assert answer.status_code == 422
    assert "Remove one first" in answer.text


def test_sent_twice_it_is_kept_once_and_nobody_elses_is_overwritten(client, note, evaluator):
    file_id = new_id()
    assert send(client, note, PDF, id=file_id).status_code == 303
    assert send(client, note, PDF, id=file_id).status_code == 303
    assert len(db.session.scalars(sa.select(Attachment)).all()) == 1
    other = AttachmentFactory()
    store.put(other.key, b"theirs")
    assert send(client, note, PDF, id=str(other.id)).status_code == 422
    assert store.get(other.key) == b"theirs"


def test_only_those_who_may_read_the_note_get_its_files(client, note):
    people = everybody(db.session.get(Workstream, note.workstream_id))
    note.audience = Audience.EVALUATORS_AND_LEADS
    attachment = AttachmentFactory(note_id=note.id)
    store.put(attachment.key, PDF)
    elsewhere = NoteFactory(workstream_id=note.workstream_id)
    for role, person in people.items():
        client.sign_in(person)
        may = role in ("lead", "evaluator", "external_evaluator", "administrator")
        status = client.get(f"{URL}/notes/{note.id}/files/{attachment.id}").status_code
        assert status == (200 if may else 404), role
        # Nor through a note that they may read.
        sideways = client.get(f"{URL}/notes/{elsewhere.id}/files/{attachment.id}")
        assert sideways.status_code == 404, role


def test_removed_it_is_gone_for_good(client, note, evaluator):
    send(client, note, PDF)
    kept = db.session.scalars(sa.select(Attachment)).one()
    url = f"{URL}/notes/{note.id}/files/{kept.id}"
    assert "cannot be undone" in client.get(f"{url}/remove").text
    assert client.post(f"{url}/remove").status_code == 303
    assert client.get(url).status_code == 404
    with pytest.raises(store.FileGone):
        store.get(db.session.get(Attachment, kept.id).key)


def test_a_reader_adds_and_removes_nothing(client, note):
    client.sign_in(somebody(db.session.get(Workstream, note.workstream_id), MemberRole.READER))
    attachment = AttachmentFactory(note_id=note.id)
    assert client.get(f"{URL}/notes/{note.id}/files/add").status_code == 403
    assert send(client, note, PDF).status_code == 403
    assert client.post(f"{URL}/notes/{note.id}/files/{attachment.id}/remove").status_code == 403


def test_a_store_that_does_not_answer_is_said(client, note, evaluator, monkeypatch):
    def fails(*_args):
        raise store.FileGone("down")

    attachment = AttachmentFactory(note_id=note.id)
    assert client.get(f"{URL}/notes/{note.id}/files/{attachment.id}").status_code == 503
    monkeypatch.setattr(store, "put", fails)
    answer = send(client, note, PDF)
    assert answer.status_code == 422
    assert "could not be kept" in answer.text


def test_tidying_deletes_what_no_note_has(app, monkeypatch):
    kept, gone = AttachmentFactory(), AttachmentFactory(removed_at=clock.now())
    for key in (kept.key, gone.key, "left-behind"):
        store.put(key, b"x")
    monkeypatch.setattr(clock, "now", lambda now=clock.now: now() + timedelta(hours=25))
    assert tidy() >= 2
    assert store.get(kept.key) == b"x"
    for key in (gone.key, "left-behind"):
        with pytest.raises(store.FileGone):
            store.get(key)


def test_a_bucket_is_opened_by_its_address(monkeypatch):
    monkeypatch.setenv("AWS_REGION", "eu-west-2")
    opened = store._opened("s3://waymark/notes")
    assert type(opened).__name__ == "S3Store"
    assert "notes" in repr(opened) or opened.prefix == "notes"


def test_kinds_are_refused_in_words():
    with pytest.raises(Refused, match="without macros"):
        type_of(b"\x7fELF" + b"\x00" * 60, "x.csv")


def test_a_file_that_comes_and_goes_is_in_history_for_those_who_may_read_its_note(client, note):
    """Its bytes are gone for good, so history tells of it and offers nothing back."""
    note.audience = Audience.EVALUATORS_AND_LEADS
    lead = somebody(db.session.get(Workstream, note.workstream_id), MemberRole.LEAD)
    reader = somebody(db.session.get(Workstream, note.workstream_id), MemberRole.READER)
    db.session.commit()
    client.sign_in(lead)
    assert send(client, note, PDF, "quokka.pdf").status_code == 303
    kept = db.session.scalars(sa.select(Attachment)).one()
    assert client.post(f"{URL}/notes/{note.id}/files/{kept.id}/remove").status_code == 303
    history = "/workstreams/new-parks/history"
    page = client.get(history).text
    assert "File of a note added" in page and "File of a note removed" in page
    assert "quokka.pdf" in page
    one = client.get(f"{history}/{kept.id}").text
    assert "quokka.pdf" in one and "/undo" not in one and "/restore" not in one
    client.sign_in(reader)
    assert "quokka" not in client.get(history).text
    assert client.get(f"{history}/{kept.id}").status_code == 404
    db.session.get(Note, note.id).audience = Audience.NAMED
    db.session.commit()
    client.sign_in(db.session.get(User, lead.id))
    assert "quokka" not in client.get(history).text
    assert client.get(f"{history}/{kept.id}").status_code == 404
