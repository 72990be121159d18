"""Waymark as `make run` serves it, in a process of its own, on a free loopback port."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.operations.metric_files import folder_of

ROOT = Path(__file__).parent.parent
LONGEST_START = 60


@dataclass
class Server:
    """A running server; `url` has no slash at its end."""

    process: subprocess.Popen
    port: int
    log: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def counts_folder(self) -> Path:
        """Where it keeps its metrics, if it does."""
        return folder_of(self.log.parent, str(self.port))

    def stop(self) -> None:
        """End it as the system would."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=45)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(timeout=10)
                raise

    def output(self) -> str:
        """What it has said so far."""
        return self.log.read_text(encoding="utf-8")


@contextmanager
def running_server(instance: Path, **settings: str) -> Iterator[Server]:
    """A server with the demo data in a new SQLite database in `instance`, ready when given out."""
    instance.mkdir(parents=True)
    port = _free_port()
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("WAYMARK_") and name != "DATABASE_URL"
    }
    environment.update(
        WAYMARK_INSTANCE=str(instance),
        WAYMARK_DEMO="1",
        WAYMARK_TODAY="2021-06-18",
        WAYMARK_HTTPS="0",
        WAYMARK_PREPARE="1",
        PORT=str(port),
        **settings,
    )
    log = instance / "server.log"
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "wsgi:app"],
            cwd=ROOT,
            env=environment,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    server = Server(process, port, log)
    try:
        _wait_until_ready(server)
        yield server
    finally:
        server.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_until_ready(server: Server) -> None:
    deadline = time.monotonic() + LONGEST_START
    while time.monotonic() < deadline:
        if server.process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{server.url}/readyz", timeout=5):
                return
        except urllib.error.HTTPError as error:
            error.close()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            pass
        time.sleep(0.05)
    raise RuntimeError(f"The server did not start:\n{server.output()[-3000:]}")
