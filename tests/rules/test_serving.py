"""The real server, on a loopback port: it answers, stops without dropping a request, prepares itself."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import ON_POSTGRESQL
from tests.server import ROOT, Server, running_server

pytestmark = pytest.mark.skipif(ON_POSTGRESQL, reason="the server is the same: once is enough")


@pytest.fixture
def server(tmp_path) -> Iterator[Server]:
    with running_server(tmp_path / "an instance", GUNICORN_CMD_ARGS="--log-level info") as server:
        yield server


def connect(server: Server) -> socket.socket:
    return socket.create_connection(("127.0.0.1", server.port), timeout=20)


def ask(server: Server, path: str) -> bytes:
    with connect(server) as connection:
        connection.sendall(f"GET {path} HTTP/1.0\r\nHost: localhost\r\n\r\n".encode())
        return b"".join(iter(lambda: connection.recv(65536), b""))


def test_it_prepares_its_database_and_is_ready(server: Server):
    answer = ask(server, "/readyz")
    assert b" 200 OK" in answer[:20], answer


def test_it_says_where_it_is_and_who_may_sign_in(server: Server):
    server.stop()
    said = server.output()
    assert f"http://127.0.0.1:{server.port}" in said
    assert "lead@waymark.example" in said


def test_a_request_in_flight_is_finished_after_sigterm(server: Server):
    """The worker has begun to read a form when the signal comes; the rest of it comes later."""
    body = b"email=nobody%40waymark.example&password=nothing"
    with connect(server) as connection:
        connection.sendall(
            b"POST /account/sign-in HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n"
            b"Content-Type: application/x-www-form-urlencoded\r\n"
            b"Content-Length: %d\r\nConnection: close\r\n\r\n" % len(body)
        )
        assert b"100 Continue" in connection.recv(1024)  # the view is waiting for the form
        server.process.send_signal(signal.SIGTERM)
        wait_until_stopping(server)
        connection.sendall(body)
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    # Without a token it is refused; what matters is that it was answered, and to the last byte.
    assert answer.startswith(b"HTTP/1.1 400"), answer[:200]
    assert b"</html>" in answer
    assert server.process.wait(timeout=20) == 0


def wait_until_stopping(server: Server) -> None:
    """Until the signal has been taken in, as the log says."""
    deadline = time.monotonic() + 20
    while "Handling signal: term" not in server.output():
        assert time.monotonic() < deadline, "the signal was not taken in"
        time.sleep(0.02)


def test_its_log_is_lines_of_json_without_addresses_or_words(tmp_path):
    """gunicorn itself would quote the address and the header line of a broken request."""
    with running_server(
        tmp_path / "instance", WAYMARK_LOGS="json", GUNICORN_CMD_ARGS="--log-level info"
    ) as server:
        for broken in (
            b"PLANTED\r\n\r\n",
            b"GET / HTTP/1.1\r\nHost: localhost\r\nplanted one\r\n\r\n",
        ):
            with connect(server) as connection:
                connection.sendall(broken)
                assert b" 400 " in connection.recv(1024)
        ask(server, "/accessibility?q=planted")
        server.stop()
        written = [line for line in server.output().splitlines() if line.startswith("{")]
    lines = [json.loads(line) for line in written]
    loggers = {line["logger"] for line in lines}
    assert loggers == {"app", "gunicorn.error"}
    assert [line["route"] for line in lines if "route" in line] == ["/accessibility"]
    refused = [
        line for line in lines if line["message"] == "A request that is not HTTP was refused"
    ]
    assert len(refused) == 2
    told = "\n".join(line for line in written if "Listening at" not in line)
    assert "127.0.0.1" not in told and "planted" not in told.lower()


def test_a_server_that_nobody_asks_stops_at_once(server: Server):
    began = time.monotonic()
    server.stop()
    assert server.process.returncode == 0
    assert time.monotonic() - began < 10


@pytest.mark.parametrize(
    ("missing", "words"),
    [("SECRET_KEY", "Set SECRET_KEY"), ("WAYMARK_HOSTS", "Set WAYMARK_HOSTS")],
)
def test_without_its_settings_a_real_installation_does_not_start(tmp_path: Path, missing, words):
    given = {
        "WAYMARK_INSTANCE": str(tmp_path),
        "WAYMARK_HOSTS": "localhost",
        "SECRET_KEY": "x" * 48,
        "SECURITY_PASSWORD_SALT": "x" * 48,
    }
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("WAYMARK_", "SEC"))}
    environment.update({name: value for name, value in given.items() if name != missing})
    answer = subprocess.run(
        [sys.executable, "-c", "import wsgi"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert answer.returncode != 0
    assert re.search(words, answer.stderr)
