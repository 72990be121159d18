"""The documents are true where a machine can tell: links, folders, URLs, settings, numbers."""

import os
import re
from pathlib import Path

import pytest
from flask import Flask

from app import config
from tests.server import ROOT

README = ROOT / "README.md"
OPERATIONS = ROOT / "docs" / "operations.md"
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
DOCUMENTS = [README, *sorted((ROOT / "docs").rglob("*.md"))]

# The documents speak of Waymark alone, not of the machines and people they were written on and by.
FORBIDDEN = ("/work/", "/tmp/", "helper agent", "pypi.org", "npmjs.", "TODO", "TBC")
# The worked example of docs/architecture.md: a feature that is not there.
INVENTED = ("app/notes", "app/templates/notes", "tests/notes", "tests/factories/notes")


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def feature_table() -> list[tuple[str, list[str], str]]:
    """(feature, URLs, folder) of each row of the README's table."""
    section = text_of(README).split("| feature | URL | folder |")[1].split("\n\n")[0]
    rows = [line.strip("| ").split(" | ") for line in section.strip().splitlines()[1:]]
    return [
        (name, re.findall(r"`([^`]+)`", urls), folder.strip("`")) for name, urls, folder in rows
    ]


def test_the_feature_table_names_folders_and_urls_that_exist(migrated_app: Flask):
    """`<slug>` in the table stands for `<slug:slug>` in the route."""
    urls = {
        re.sub(r"<(?:[^<>]*:)?(\w+)>", r"<\1>", rule.rule)
        for rule in migrated_app.url_map.iter_rules()
    }
    table = feature_table()
    assert len(table) > 10
    wrong = [f"{name}: no folder {folder}" for name, _, folder in table if not is_there(folder)]
    wrong += [
        f"{name}: no URL {url}" for name, found, _ in table for url in found if url not in urls
    ]
    wrong += [f"{name}: no URL" for name, found, _ in table if not found]
    assert not wrong, "\n".join(wrong)


def is_there(path: str) -> bool:
    return (ROOT / path).exists()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_to_files(document: Path):
    """Links and pictures, in Markdown or as <img src="…">."""
    text = text_of(document)
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", text) + re.findall(r'src="([^"]+)"', text)
    local = [target for target in targets if not target.startswith(("http:", "https:", "mailto:"))]
    missing = [target for target in local if not (document.parent / target).exists()]
    assert not missing, missing


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_files_that_a_document_names_are_there(document: Path):
    named = re.findall(r"`((?:app|tests|migrations|docs|bench)/[\w./-]*)[`:]", text_of(document))
    missing = [path for path in named if not path.startswith(INVENTED) and not is_there(path)]
    assert not missing, missing


class Noting(dict):  # type: ignore[type-arg]
    """An environment that notes which variables are read."""

    def __init__(self, *values: object) -> None:
        super().__init__(*values)
        self.read: set[str] = set()

    def get(self, name: str, default: object = None) -> object:
        self.read.add(name)
        return super().get(name, default)

    def __getitem__(self, name: str) -> object:
        self.read.add(name)
        return super().__getitem__(name)

    def __contains__(self, name: object) -> bool:
        self.read.add(str(name))
        return super().__contains__(name)


def test_every_setting_is_in_the_operations_table(monkeypatch: pytest.MonkeyPatch):
    environment = Noting(os.environ)
    monkeypatch.setattr(config.os, "environ", environment)
    config.load()
    monkeypatch.undo()
    assert len(environment.read) > 15
    rows = [line for line in text_of(OPERATIONS).splitlines() if line.startswith("| `")]
    told = {name for row in rows for name in re.findall(r"`(\w+)`", row.split("|")[1])}
    missing = environment.read - told
    assert not missing, f"docs/operations.md does not tell of {sorted(missing)}"


def test_decisions_are_numbered_without_gaps_and_say_why():
    numbers = [path.name[:4] for path in DECISIONS]
    assert numbers == [f"{number:03}-" for number in range(1, len(DECISIONS) + 1)]
    for path in DECISIONS:
        parts = re.findall(r"^#+ (.+)", text_of(path), re.MULTILINE)
        assert parts[0].startswith(f"{path.name[:3]}. "), path.name
        assert parts[1:] == ["Context", "Decision", "Consequence"], path.name


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_documents_speak_of_waymark_alone(document: Path):
    text = text_of(document)
    found = [words for words in FORBIDDEN if words.lower() in text.lower()]
    assert not found, found
