"""docs/security.md shows the rights matrix that is in force."""

import pytest

from app.core.rights import Reach, Right, Role
from app.workstreams import cli


def test_the_document_and_the_table_agree():
    written = cli.SECURITY.read_text(encoding="utf-8")
    assert written == cli.with_rights(written), "Run `flask docs rights` and commit the change."


def test_a_change_of_the_table_shows(monkeypatch):
    monkeypatch.setitem(cli.MATRIX, Right.MANAGE_MEMBERS, {Role.READER: Reach.ALL})
    written = cli.SECURITY.read_text(encoding="utf-8")
    assert written != cli.with_rights(written)


def test_it_writes_between_the_markers(app, monkeypatch, tmp_path):
    document = tmp_path / "docs" / "security.md"
    document.parent.mkdir()
    document.write_text(
        f"Before\n\n{cli.BEGIN}\nan older table\n{cli.END}\n\nAfter\n", encoding="utf-8"
    )
    monkeypatch.setattr(cli, "SECURITY", document)
    monkeypatch.setattr(cli, "ROOT", tmp_path)
    result = app.test_cli_runner().invoke(args=["docs", "rights"])
    assert result.exit_code == 0
    text = document.read_text(encoding="utf-8")
    assert text.startswith("Before\n")
    assert text.endswith("\nAfter\n")
    assert "| You may … |" in text
    assert "an older table" not in text


def test_without_markers_it_refuses():
    with pytest.raises(ValueError, match="markers"):
        cli.with_rights("Nothing here")
