"""Importing as a person does it: upload, table, columns, preview, import."""

import re
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.delivery.models import Activity
from app.extensions import db
from app.importing.models import Upload
from tests.client import new_id

PLACE = "/workstreams/new-parks"
IMPORT = f"{PLACE}/plan/import"


def rows():
    """The rows of every plan, in order."""
    return db.session.scalars(
        sa.select(Activity).where(Activity.archived_at.is_(None)).order_by(Activity.position)
    ).all()


MULTIPART = "multipart/form-data; boundary=between"


def multipart(fields, name, data) -> bytes:
    """A form with a file. (The test client's own leaves a temporary file open for a large one.)"""
    parts = [
        f'--between\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'
        for field, value in fields.items()
    ]
    parts.append(
        f'--between\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n"
    )
    return "".join(parts).encode() + data + b"\r\n--between--\r\n"


@dataclass
class Visitor:
    """Somebody half-way through an import."""

    client: Any
    steps: str = ""

    def upload(self, data: bytes, name="plan.xlsx", *, at=IMPORT, **more):
        """The answer to sending a file; remembers where the steps are."""
        fields = {"csrf_token": self.client.csrf_token(), "id": new_id(), **more}
        body = multipart(fields, name, data)
        answer = self.client.post(at, data=body, content_type=MULTIPART, csrf=False)
        if answer.status_code == 303:
            self.steps = answer.location.rsplit("/", 1)[0]
        return answer

    def columns(self, **chosen):
        """Match columns; those that are guessed stay as they are."""
        page = self.client.get(f"{self.steps}/columns").text
        selected = re.findall(
            r'<select[^>]* name="(column_\w+)"[^>]*>.*?</select>', page, re.DOTALL
        )
        data = {"empty": "keep", "unknown": "stop", "headings": hidden(page, "headings")}
        for name in selected:
            select = re.search(rf'<select[^>]* name="{name}".*?</select>', page, re.DOTALL)[0]
            found = re.search(r'<option value="(\d*)" selected', select)
            data[name] = found[1] if found else ""
        return self.client.post(f"{self.steps}/columns", data=data | chosen)

    def preview(self, **args):
        return self.client.get(f"{self.steps}/preview", query_string=args)

    def press_import(self, page=None):
        """Press "Import" on the preview."""
        seen = hidden((page or self.preview()).text, "seen")
        return self.client.post(f"{self.steps}/preview", data={"seen": seen})

    def bring_in(self, data: bytes, name="plan.xlsx", **chosen):
        """From the file to the answer of the last press."""
        assert self.upload(data, name).status_code == 303
        assert self.columns(**chosen).status_code == 303
        return self.press_import()


def hidden(page, name):
    """The value of a hidden field; "" when the page has none."""
    tag = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)
    value = re.search(r'value="([^"]*)"', tag[0]) if tag else None
    return value[1] if value else ""


def uploads():
    return db.session.scalar(sa.select(sa.func.count()).select_from(Upload))
