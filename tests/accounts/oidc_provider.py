"""A small OpenID Connect provider on a free loopback port, as strict as a real one.

It signs in, without asking, whom `who` names; checks client, redirect address, PKCE and that a code is
used once; and misbehaves as a test tells it to.
"""

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, jsonify, redirect, request
from joserfc import jwt
from joserfc.jwk import RSAKey
from werkzeug.serving import WSGIRequestHandler, make_server

CLIENT_ID = "waymark-at-the-test-tenant"
CLIENT_SECRET = "a secret~that.only_the-tests-know"
RETURN = "https://localhost/account/work-account/return"

Claims = dict[str, Any]


def new_key(kid: str) -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": kid, "use": "sig", "alg": "RS256"})


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


@dataclass
class Provider:
    """The knobs. `reset` puts them all back."""

    issuer: str
    key: RSAKey
    # Where Waymark has been registered to receive people back.
    returns_to: str = RETURN
    # Whom it signs in, and with what else it says of them.
    who: Claims = field(default_factory=dict)
    # error= in the answer of the sign-in page.
    refuses: str | None = None
    # Status that an endpoint answers with instead of its answer: {"token": 500}.
    broken: dict[str, int] = field(default_factory=dict)
    # What an endpoint says instead: {"token": "<html>"}.
    says: dict[str, str] = field(default_factory=dict)
    # Called while the token endpoint has been asked and has not answered.
    while_asked: Callable[[], object] = lambda: None
    # Changes the token's claims, or its header.
    change: Claims = field(default_factory=dict)
    leave_out: tuple[str, ...] = ()
    signing_key: RSAKey | None = None
    header: Claims = field(default_factory=dict)
    description: Claims = field(default_factory=dict)
    # How often each endpoint was asked, and the last request to the sign-in page.
    asked: list[str] = field(default_factory=list)
    last_request: Claims = field(default_factory=dict)
    codes: dict[str, Claims] = field(default_factory=dict)

    def reset(self) -> None:
        fresh = Provider(self.issuer, self.key, self.returns_to, who={"sub": "subject-1"})
        self.__dict__.update(fresh.__dict__)

    def token(self, code: Claims) -> str:
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT_ID,
            "iat": now,
            "exp": now + 300,
            "nonce": code["nonce"],
            **code["who"],
            **self.change,
        }
        for name in self.leave_out:
            claims.pop(name, None)
        header = {"alg": "RS256", "kid": self.key.kid, **self.header}
        if header["alg"] != "RS256":
            return self._forged(header, claims)
        return jwt.encode(header, claims, self.signing_key or self.key)

    def _forged(self, header: Claims, claims: Claims) -> str:
        """By hand, because the library would not: unsigned, or signed with the public key as if it
        were a shared secret."""
        body = ".".join(_base64(json.dumps(part).encode()) for part in (header, claims))
        public = self.key.as_pem(private=False)
        signed = hmac.new(public, body.encode(), hashlib.sha256).digest()
        return f"{body}.{_base64(signed) if header['alg'] == 'HS256' else ''}"


def _app(provider: Provider) -> Flask:
    app = Flask("oidc_provider")

    @app.before_request
    def misbehave() -> Response | None:
        name = request.endpoint or ""
        provider.asked.append(name)
        if name in provider.broken:
            return Response("out of order", status=provider.broken[name])
        if name in provider.says:
            return Response(provider.says[name], mimetype="application/json")
        return None

    @app.get("/.well-known/openid-configuration")
    def discovery() -> Response:
        issuer = provider.issuer
        return jsonify(
            {
                "issuer": issuer,
                "authorization_endpoint": f"{issuer}/authorize",
                "token_endpoint": f"{issuer}/token",
                "jwks_uri": f"{issuer}/keys",
                "end_session_endpoint": f"{issuer}/sign-out",
                "id_token_signing_alg_values_supported": ["RS256"],
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
                **provider.description,
            }
        )

    @app.get("/authorize")
    def authorize() -> Response:
        provider.last_request = asked = request.args.to_dict()
        if asked["client_id"] != CLIENT_ID or asked["redirect_uri"] != provider.returns_to:
            return Response("unknown client or redirect address", status=400)
        answer = {"state": asked["state"]}
        if provider.refuses:
            answer["error"] = provider.refuses
            answer["error_description"] = "AADSTS50105: pat@council.example is not assigned"
        else:
            answer["code"] = secrets.token_urlsafe()
            provider.codes[answer["code"]] = {**asked, "who": dict(provider.who)}
        return redirect(f"{provider.returns_to}?{urlencode(answer)}")  # type: ignore[return-value]

    @app.post("/token")
    def token() -> Any:
        form = request.form
        provider.while_asked()
        if (form.get("client_id"), form.get("client_secret")) != (CLIENT_ID, CLIENT_SECRET):
            return {"error": "invalid_client"}, 401
        code = provider.codes.pop(form["code"], None)
        challenge = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        if (
            code is None
            or code["code_challenge_method"] != "S256"
            or _base64(challenge) != code["code_challenge"]
            or form["redirect_uri"] != code["redirect_uri"]
        ):
            return {"error": "invalid_grant", "error_description": "pat@council.example"}, 400
        answer = {
            "access_token": "unused",
            "token_type": "Bearer",
            "id_token": provider.token(code),
        }
        return {name: said for name, said in answer.items() if name not in provider.leave_out}

    @app.get("/keys")
    def keys() -> Response:
        return jsonify({"keys": [provider.key.as_dict(private=False)]})

    @app.get("/sign-out")
    def sign_out() -> Response:
        return Response("signed out", mimetype="text/plain")

    return app


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: Any) -> None:
        """Nothing: tests fail loudly enough."""


@contextmanager
def running_provider() -> Iterator[Provider]:
    """The provider, until the end of the block."""
    provider = Provider("", new_key("first"))
    server = make_server("127.0.0.1", 0, _app(provider), threaded=True, request_handler=_Quiet)
    provider.issuer = f"http://127.0.0.1:{server.port}"
    provider.reset()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join(timeout=10)
        server.server_close()
