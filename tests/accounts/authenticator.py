"""A passkey in software: what a phone or a security key answers to a browser."""

import hashlib
import json
import os
import re
from html import unescape
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

PRESENT, VERIFIED, NEW_CREDENTIAL = 0x01, 0x04, 0x40


class Authenticator:
    """One key pair for https://localhost. `verifies` says whether it checks who holds it."""

    def __init__(self, *, verifies: bool = True) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = os.urandom(16)
        self.verifies = verifies
        self.user_handle = b""

    def create(self, options: dict[str, Any]) -> str:
        """The answer to "make a passkey"."""
        self.user_handle = base64url_to_bytes(options["user"]["id"])
        numbers = self.key.public_key().public_numbers()
        public = {
            1: 2,
            3: -7,
            -1: 1,
            -2: numbers.x.to_bytes(32, "big"),
            -3: numbers.y.to_bytes(32, "big"),
        }
        credential = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cbor2.dumps(public)
        data = self._data(NEW_CREDENTIAL) + credential
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        client = self._client("webauthn.create", options)
        return self._answer(clientDataJSON=client, attestationObject=attestation)

    def get(self, options: dict[str, Any]) -> str:
        """The answer to "use a passkey"."""
        data, client = self._data(0), self._client("webauthn.get", options)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(
            clientDataJSON=client,
            authenticatorData=data,
            signature=signature,
            userHandle=self.user_handle,
        )

    def _data(self, flags: int) -> bytes:
        flags |= PRESENT | (VERIFIED if self.verifies else 0)
        return hashlib.sha256(b"localhost").digest() + bytes([flags]) + bytes(4)

    def _client(self, kind: str, options: dict[str, Any]) -> bytes:
        challenge = options["challenge"]
        return json.dumps(
            {"type": kind, "challenge": challenge, "origin": "https://localhost"}
        ).encode()

    def _answer(self, **parts: bytes) -> str:
        own_id = bytes_to_base64url(self.id)
        response = {name: bytes_to_base64url(value) for name, value in parts.items()}
        return json.dumps(
            {"id": own_id, "rawId": own_id, "type": "public-key", "response": response}
        )


def question(page: str) -> tuple[str, dict[str, Any]]:
    """(where the answer goes, the options) of a page that asks for a passkey."""
    form = re.search(
        r'<form method="post" action="([^"]+)" data-passkey="\w+" data-options="([^"]+)"', page
    )
    assert form, "the page asks for no passkey"
    return unescape(form.group(1)), json.loads(unescape(form.group(2)))
