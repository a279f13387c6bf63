"""An OpenID provider that can also do wrong: one process, one client, whoever is chosen signs in without being asked.

    oidc_provider.py --client-id ID --client-secret SECRET --redirect URI

prints "listening URL" and serves until it is killed. What it does next is said by POST /control (JSON, all optional):

    claims    the claims of whoever signs in next (sub, name, email, ...)
    now       its clock, in seconds since 1970; null: the machine's
    deny      whether the person breaks the sign-in off
    issuer    what it calls itself in its metadata
    fault     what is wrong with the next ID tokens, as for /mint

POST /mint {claims, alg, sign, header, without} answers a token: alg RS256, PS256, ES256, EdDSA, HS256 (with the published key as the
secret) or none; sign "current" or "forged" (a key that nobody published, under the published name); header goes over the header, without
names claims to leave out. POST /rotate {keep} makes new keys. GET /counts says how often each page was asked for.

It checks what a provider checks: the client's secret, the address to come back to, the code (once), PKCE (S256).
"""

import argparse
import base64
import hashlib
import hmac
import json
import threading
import time
import urllib.parse
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from joserfc import jwt
from joserfc.jwk import ECKey, OKPKey, RSAKey

ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]


def encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Keys:
    """A key of each kind, under one name each."""

    def __init__(self, names=None):
        name = lambda kind: (names or {}).get(kind) or f"{kind}-{uuid.uuid4().hex[:8]}"
        options = {kind: {"kid": name(kind), "use": "sig"} for kind in ("rsa", "ec", "okp")}
        self.names = {kind: own["kid"] for kind, own in options.items()}
        self.rsa = RSAKey.generate_key(2048, options["rsa"])
        self.ec = ECKey.generate_key("P-256", options["ec"])
        self.okp = OKPKey.generate_key("Ed25519", options["okp"])

    def of(self, algorithm):
        return {"ES256": self.ec, "EdDSA": self.okp}.get(algorithm, self.rsa)

    def public(self):
        return [key.as_dict(private=False) for key in (self.rsa, self.ec, self.okp)]


class Provider:
    def __init__(self, arguments):
        self.lock = threading.Lock()
        self.arguments = arguments
        self.keys = Keys()
        self.former = []
        self.codes = {}
        self.counts = {}
        self.claims, self.fault = {"sub": "somebody"}, {}
        self.now, self.deny, self.issuer, self.base = None, False, None, ""

    def time(self):
        return int(time.time() if self.now is None else self.now)

    def token(self, claims, alg="RS256", sign="current", header=None, without=()):
        claims = {name: value for name, value in claims.items() if name not in without}
        keys = Keys(self.keys.names) if sign == "forged" else self.keys
        key = keys.of(alg)
        head = {"alg": alg, "typ": "JWT", "kid": key.kid, **(header or {})}
        head = {name: value for name, value in head.items() if value is not None}
        if alg in ("none", "HS256"):
            # By hand: no library signs so. What is public is taken for a secret: whoever verifies as the header says would believe it.
            signed = ".".join(encoded(json.dumps(part).encode()) for part in (head, claims))
            secret = self.keys.rsa.as_pem(private=False)
            return f"{signed}.{encoded(hmac.digest(secret, signed.encode(), 'sha256')) if alg == 'HS256' else ''}"
        if "crit" in head:
            signed = ".".join(encoded(json.dumps(part).encode()) for part in (head, claims))
            own = key.get_op_key("sign").sign(signed.encode(), PKCS1v15(), SHA256())
            return f"{signed}.{encoded(own)}"
        return jwt.encode(head, claims, key, algorithms=ALGORITHMS)

    def usual(self, audience):
        return {"iss": self.base, "aud": audience, "iat": self.time(), "exp": self.time() + 300}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    @property
    def own(self):
        return self.server.provider

    def answer(self, status, value=None, headers=()):
        body = json.dumps(value).encode()
        self.send_response(status)
        for name, text in headers:
            self.send_header(name, text)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def body(self):
        return self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()

    def do_GET(self):
        url = urllib.parse.urlsplit(self.path)
        own = self.own
        with own.lock:
            own.counts[url.path] = own.counts.get(url.path, 0) + 1
            if url.path == "/.well-known/openid-configuration":
                self.answer(200, {
                    "issuer": own.issuer or own.base,
                    "authorization_endpoint": f"{own.base}/authorize",
                    "token_endpoint": f"{own.base}/token",
                    "jwks_uri": f"{own.base}/jwks",
                    "response_types_supported": ["code"],
                    "subject_types_supported": ["public"],
                    "id_token_signing_alg_values_supported": ["RS256"],
                    "code_challenge_methods_supported": ["S256"],
                })
            elif url.path == "/jwks":
                self.answer(200, {"keys": own.keys.public() + own.former})
            elif url.path == "/counts":
                self.answer(200, own.counts)
            elif url.path == "/authorize":
                self.authorize(dict(urllib.parse.parse_qsl(url.query)))
            else:
                self.answer(404)

    def authorize(self, asked):
        own = self.own
        fits = asked.get("client_id") == own.arguments.client_id and asked.get("redirect_uri") == own.arguments.redirect
        pkce = asked.get("code_challenge_method") == "S256" and asked.get("code_challenge")
        scopes = asked.get("scope", "").split()
        if not fits or not pkce or asked.get("response_type") != "code" or "openid" not in scopes or not asked.get("nonce"):
            return self.answer(400, asked)
        answer = {"state": asked["state"]}
        if own.deny:
            answer["error"] = "access_denied"
        else:
            answer["code"] = uuid.uuid4().hex
            own.codes[answer["code"]] = (asked, dict(own.claims))
        self.answer(302, headers=[("Location", f"{asked['redirect_uri']}?{urllib.parse.urlencode(answer)}")])

    def do_POST(self):
        own, body = self.own, self.body()
        with own.lock:
            own.counts[self.path] = own.counts.get(self.path, 0) + 1
            if self.path == "/token":
                return self.redeem(dict(urllib.parse.parse_qsl(body)))
            said = json.loads(body or "{}")
            if self.path == "/control":
                for name, value in said.items():
                    setattr(own, name, value)
                self.answer(200)
            elif self.path == "/rotate":
                own.former = own.keys.public() if said.get("keep") else []
                own.keys = Keys()
                self.answer(200)
            elif self.path == "/mint":
                claims = {**own.usual(said.pop("audience", "")), **said.pop("claims", {})}
                self.answer(200, own.token(claims, **said))
            else:
                self.answer(404)

    def redeem(self, asked):
        own = self.own
        given = self.headers.get("Authorization", "").removeprefix("Basic ")
        name, _, secret = base64.b64decode(given).decode().partition(":")
        known = (urllib.parse.unquote_plus(name), urllib.parse.unquote_plus(secret))
        if known != (own.arguments.client_id, own.arguments.client_secret):
            return self.answer(401, {"error": "invalid_client"})
        begun, claims = own.codes.pop(asked.get("code"), (None, None))
        challenge = encoded(hashlib.sha256(asked.get("code_verifier", "").encode()).digest())
        if not begun or challenge != begun["code_challenge"] or asked.get("redirect_uri") != begun["redirect_uri"]:
            return self.answer(400, {"error": "invalid_grant"})
        fault = dict(own.fault)
        claims = {**own.usual(own.arguments.client_id), "nonce": begun["nonce"], **claims, **fault.pop("claims", {})}
        token = own.token(claims, **fault)
        self.answer(200, {"access_token": uuid.uuid4().hex, "token_type": "Bearer", "expires_in": 300, "id_token": token})


def main():
    parser = argparse.ArgumentParser()
    for name in ("--client-id", "--client-secret", "--redirect"):
        parser.add_argument(name, required=True)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.provider = Provider(parser.parse_args())
    server.provider.base = f"http://127.0.0.1:{server.server_port}"
    print(f"listening {server.provider.base}", flush=True)
    server.serve_forever()


main()
