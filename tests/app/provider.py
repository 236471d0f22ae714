"""An identity provider of the tests' own (OpenID Connect), on loopback; it lets in whoever it is told to."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

CLIENT, CLIENT_SECRET = "argmap", "s3cret-s3cret"


class Provider:
    """What the provider says of the next person who logs in; ``claims`` replace or add to it."""

    def __init__(self) -> None:
        from joserfc.jwk import RSAKey

        self.key = RSAKey.generate_key(2048, parameters={"kid": "k"}, private=True)
        self.claims: dict[str, Any] = {}
        self.state: str | None = None  # what the answer says instead of the state that was sent
        self.url = ""
        self._nonces: dict[str, str] = {}

    def discovery(self) -> dict[str, Any]:
        """Where things are."""
        places = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "jwks"}
        return {"issuer": self.url} | {name: f"{self.url}/{place}" for name, place in places.items()}

    def authorized(self, asked: dict[str, str]) -> str:
        """Where the browser goes on: back, with a code."""
        code = f"code{len(self._nonces)}"
        self._nonces[code] = asked["nonce"]
        back = {"code": code, "state": self.state or asked["state"]}
        return f"{asked['redirect_uri']}?{urlencode(back)}"

    def token(self, asked: dict[str, str]) -> dict[str, Any]:
        """The signed claims of a code."""
        from joserfc import jwt

        now = int(time.time())
        claims = {"iss": self.url, "aud": CLIENT, "sub": "7", "iat": now, "exp": now + 300}
        claims |= {"nonce": self._nonces.pop(asked["code"])} | self.claims
        signed = jwt.encode({"alg": "RS256", "kid": "k"}, claims, self.key)
        return {"access_token": "a", "token_type": "Bearer", "expires_in": 300, "id_token": signed}


@contextmanager
def provider() -> Iterator[Provider]:
    """A running provider."""
    made = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            if parts.path == "/authorize":
                self.send_response(302)
                asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
                self.send_header("Location", made.authorized(asked))
                self.end_headers()
            elif parts.path == "/jwks":
                self._answer({"keys": [made.key.as_dict(private=False)]})
            else:
                self._answer(made.discovery())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._answer(made.token({name: values[0] for name, values in parse_qs(body).items()}))

        def _answer(self, value: dict[str, Any]) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(value).encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
