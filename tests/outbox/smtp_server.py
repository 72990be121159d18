"""A mail server for tests: listens on 127.0.0.1, keeps what it is sent, and can be told to refuse."""

import socketserver
import threading
from email import message_from_bytes, policy
from email.message import EmailMessage


class _Conversation(socketserver.StreamRequestHandler):
    server: "MailServer"

    def handle(self) -> None:
        self._say("220 test")
        while line := self.rfile.readline().decode().strip():
            command = line.split()[0].upper()
            if command == "DATA":
                self._say("354 go on")
                self._read_message()
            elif command == "RCPT" and self.server.refuse_recipient:
                self._say(self.server.refuse_recipient)
            elif command == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")

    def _read_message(self) -> None:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line)
        if self.server.refuse_message:
            self._say(self.server.refuse_message)
            return
        self.server.received.append(message_from_bytes(b"".join(lines), policy=policy.default))
        self._say("250 taken")


class MailServer(socketserver.ThreadingTCPServer):
    """See the module. `received` holds the e-mails taken."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.received: list[EmailMessage] = []
        self.refuse_recipient = ""
        self.refuse_message = ""
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def port(self) -> int:
        return int(self.server_address[1])
