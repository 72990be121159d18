"""The stem of an English word: "evaluation", "evaluate" and "evaluating" are all "evalu".

Porter's algorithm, as SQLite's own full-text module has it, asked through a table in memory: the
same stems whichever database Waymark runs on, and no stemmer of our own to keep.
"""

import sqlite3
import threading
from functools import lru_cache

_LOCK = threading.Lock()
_SHORTEST, _LONGEST = 3, 40  # letters; anything else is its own stem


@lru_cache(maxsize=1)
def _table() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
    connection.execute(
        "CREATE VIRTUAL TABLE words USING fts5(word, tokenize = 'porter ascii', content = '')"
    )
    connection.execute("CREATE VIRTUAL TABLE stems USING fts5vocab('words', 'row')")
    return connection


@lru_cache(maxsize=100_000)
def stem_of(word: str) -> str:
    """The stem of a folded word; a word that is not of plain letters is its own."""
    if not (_SHORTEST <= len(word) <= _LONGEST and word.isascii() and word.isalpha()):
        return word
    with _LOCK:
        table = _table()
        table.execute("INSERT INTO words (rowid, word) VALUES (1, ?)", (word,))
        stem: str = table.execute("SELECT term FROM stems").fetchone()[0]
        table.execute("INSERT INTO words (words) VALUES ('delete-all')")
    return stem
