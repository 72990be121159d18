"""PostgreSQL: its own tools, which read one moment of the database while people write, and put it back
in one transaction."""

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import sqlalchemy as sa
from flask import current_app
from psycopg.conninfo import make_conninfo
from sqlalchemy.dialects import postgresql

from app.extensions import db
from app.operations.backups import BackupRefused, Contents, known_tables
from app.operations.restored import Step

# All tables are locked first. Whoever is at work with some and wants others would wait for us, and we for
# them; so we let go long before PostgreSQL (after a second) ends one of the two, and try anew.
_TRIES = 100
_LOCK_WAIT_MS = 200
_PAUSE_SECONDS = 0.1
_TABLE = re.compile(r"^\d+; \d+ \d+ TABLE \S+ (\S+) ", re.MULTILINE)


class PostgreSQL:
    """See `app.operations.backups.Engine`."""

    name = "PostgreSQL"

    def write(self, file: Path) -> None:
        tool = _tool("pg_dump")
        _run([tool, "--format=custom", f"--file={file}", f"--dbname={_where()}"])
        # Read to its end: a damaged dump shows when it is unpacked.
        _run([_tool("pg_restore"), "--file=/dev/null", str(file)])

    def contents(self, file: Path) -> Contents:
        tool = _tool("pg_restore")
        try:
            listed = _run([tool, "--list", str(file)])
            version = _run([tool, "--data-only", "--table=alembic_version", "--file=-", str(file)])
        except BackupRefused as error:
            raise BackupRefused(f"{file} is damaged. {error}") from error
        found = re.search(r"^COPY .*alembic_version .*\n(.+)$", version, re.MULTILINE)
        return Contents(found[1] if found else "", frozenset(_TABLE.findall(listed)))

    def put_back(self, file: Path, contents: Contents, todo: list[Step]) -> None:
        """One transaction: what was there goes, what the file holds comes, and the steps are done."""
        _run([_tool("pg_restore"), "--file=/dev/null", str(file)])
        tables = sorted((contents.tables | known_tables()) & _tables_here())
        for _ in range(_TRIES):
            said = _play(file, tables, todo)
            if said is None:
                return
            if "lock timeout" not in said:
                raise BackupRefused(f"PostgreSQL refused: {said}. Nothing was changed.")
            time.sleep(_PAUSE_SECONDS)
        raise BackupRefused(
            "Somebody has been at work all the time. Stop the servers and try again; nothing was changed."
        )


def _play(file: Path, tables: list[str], todo: list[Step]) -> str | None:
    """Feed pg_restore's script to psql between our own lines. Returns why it failed, or None."""
    # The password is in neither's arguments. (The tools' names come from our settings.)
    script = subprocess.Popen(  # noqa: S603
        [
            _tool("pg_restore"),
            "--clean",
            "--if-exists",
            "--no-owner",
            "--no-privileges",
            "--no-comments",
            "--file=-",
            str(file),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    player = subprocess.Popen(  # noqa: S603
        [
            _tool("psql"),
            "--no-psqlrc",
            "--quiet",
            "--set=ON_ERROR_STOP=1",
            "--file=-",
            f"--dbname={_where()}",
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=_environment(),
    )
    assert script.stdout and script.stderr and player.stdin and player.stderr
    try:
        for line in _before(tables):
            player.stdin.write(line)
        for line in _fitting(script.stdout):
            player.stdin.write(line)
        # Whatever ends early, this process too, ends without the COMMIT.
        if script.wait() == 0:
            for line in _after(todo):
                player.stdin.write(line)
        else:
            player.kill()
    except BrokenPipeError:
        pass  # psql has stopped, and says why
    finally:
        script.stdout.close()
        with suppress(BrokenPipeError):
            player.stdin.close()
    complaint = player.stderr.read().decode(errors="replace")
    failed = player.wait() != 0
    script.wait()
    player.stderr.close()
    script.stderr.close()
    return _error_line(complaint) if failed else None


def _before(tables: Iterable[str]) -> list[bytes]:
    """Lock what is there, then drop it, whatever newer tables point at it."""
    lines = [b"BEGIN;\n", b"SET client_min_messages = warning;\n"]
    if names := ", ".join(f'"{table}"' for table in tables):
        lines += [
            f"SET LOCAL lock_timeout = {_LOCK_WAIT_MS};\n".encode(),
            f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE;\n".encode(),
            b"SET LOCAL lock_timeout = 0;\n",
            f"DROP TABLE {names} CASCADE;\n".encode(),
        ]
    return lines


def _after(todo: Iterable[Step]) -> Iterator[bytes]:
    """The script has emptied the search path."""
    yield b"RESET search_path;\n"
    for step in todo:
        words = step.make().compile(
            dialect=postgresql.dialect(),  # type: ignore[no-untyped-call]
            compile_kwargs={"literal_binds": True},
        )
        yield f"{words};\n".encode()
    yield b"COMMIT;\n"


def _fitting(script: Iterable[bytes]) -> Iterator[bytes]:
    """Without the one setting that the tools write and servers before 17 do not know."""
    in_head = True
    for line in script:
        if in_head and line == b"SET transaction_timeout = 0;\n" and _server_major() < 17:
            in_head = False
            continue
        yield line


def _error_line(complaint: str) -> str:
    """The first error without its details, which quote rows."""
    for line in complaint.splitlines():
        _, error, words = line.partition("ERROR:")
        if error:
            return words.strip()
    return complaint.strip().splitlines()[0] if complaint.strip() else "it gave no reason"


def _where() -> str:
    """The database for the tools' command line, where everybody on the machine can read it: without
    the password."""
    url = db.engine.url
    values = {
        "host": url.host,
        "port": url.port,
        "user": url.username,
        "dbname": url.database,
        **{name: value for name, value in url.query.items() if name != "password"},
    }
    return make_conninfo(**{name: value for name, value in values.items() if value is not None})  # type: ignore[arg-type]


def _environment() -> dict[str, str]:
    """What the tools get beside it: the password, if the settings have one (else ~/.pgpass)."""
    password = db.engine.url.password or db.engine.url.query.get("password")
    return {
        **os.environ,
        "PGOPTIONS": "",
        "LC_ALL": "C",
        **({"PGPASSWORD": str(password)} if password else {}),
    }


def _tables_here() -> frozenset[str]:
    with db.engine.connect() as connection:
        return frozenset(sa.inspect(connection).get_table_names())


def _server_major() -> int:
    with db.engine.connect() as connection:
        return int(connection.exec_driver_sql("SHOW server_version_num").scalar() or 0) // 10_000


def _tool(name: str) -> str:
    """The path of one of PostgreSQL's tools. Raises BackupRefused when it is missing, or older than
    the server and so may not understand it."""
    folder = current_app.config["POSTGRESQL_TOOLS"]
    path = shutil.which(name, path=folder or None)
    if path is None:
        where = f"in {folder}" if folder else "on the path"
        raise BackupRefused(
            f"{name} is not {where}. Install PostgreSQL's client tools, or say in "
            "WAYMARK_POSTGRESQL_TOOLS which folder they are in."
        )
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    found = re.search(r"(\d+)(?:\.\d+)*", said.stdout)
    tool_major, server_major = int(found[1]) if found else 0, _server_major()
    if tool_major < server_major:
        raise BackupRefused(
            f"{path} is of version {tool_major} and the server of {server_major}. Install the tools of "
            f"version {server_major}, and say in WAYMARK_POSTGRESQL_TOOLS which folder they are in."
        )
    return path


def _run(command: list[str]) -> str:
    """Run a tool. Raises BackupRefused with what it complained of."""
    done = subprocess.run(  # noqa: S603 (our own arguments, no shell)
        command, capture_output=True, text=True, env=_environment(), check=False
    )
    if done.returncode:
        name = Path(command[0]).name
        lines = done.stderr.strip().splitlines() or ["no reason given"]
        raise BackupRefused(f"{name} failed: {lines[0]}")
    return done.stdout
