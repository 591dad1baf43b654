"""The user pool as a deployment has it: a second factor, and a password that is only lent.

The local pool asks for no second factor, and the engine's never asks to set one up while somebody
signs in; Cognito does where a pool requires one. A door before the engine plays that one step.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import struct
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Literal

import httpx

from local.place import LOOPBACK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from local.cloud import Cloud

STEP_S, DIGITS = 30, 6
LENT = "Pharmonico-lent-1"
PASSED_ON = ("x-amz-target", "content-type", "authorization", "x-amz-date")
TIMEOUT_S, OK = 30, 200
Answer = dict[str, Any]


def code_of(secret: str) -> str:
    """What an authenticator app shows now (RFC 6238: HMAC-SHA1, 30 s, six digits)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8), casefold=True)
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // STEP_S), hashlib.sha1).digest()
    at = digest[-1] & 0x0F
    number = struct.unpack(">I", digest[at : at + 4])[0] & 0x7FFF_FFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


@contextmanager
def a_newcomer(cloud: Cloud, role: str) -> Iterator[str]:
    """Somebody whom the pool's administrator has just made: the password must be changed."""
    pool, name = cloud.outputs["UserPoolId"], f"new-{secrets.token_hex(4)}@pharmonico.example"
    cognito = cloud.engine.client("cognito-idp")
    cognito.admin_create_user(
        UserPoolId=pool, Username=name, TemporaryPassword=LENT, MessageAction="SUPPRESS"
    )
    cognito.admin_add_user_to_group(UserPoolId=pool, Username=name, GroupName=role)
    try:
        yield name
    finally:
        cognito.admin_delete_user(UserPoolId=pool, Username=name)


@contextmanager
def second_factors(cloud: Cloud) -> Iterator[None]:
    """While it lasts, whoever has none yet sets an authenticator up, and is asked for its code."""
    functions = cloud.engine.client("lambda")
    name = f"pharmonico-{cloud.stage}-session_api"
    known = functions.get_function_configuration(FunctionName=name)["Environment"]["Variables"]
    with _requiring(cloud.engine.url) as address:
        _ask_for_codes(cloud, "OPTIONAL")
        _tell(functions, name, {**known, "IDENTITY_URL": address})
        try:
            yield
        finally:
            _tell(functions, name, known)
            _ask_for_codes(cloud, "OFF")


def _ask_for_codes(cloud: Cloud, wanted: Literal["OPTIONAL", "OFF"]) -> None:
    cloud.engine.client("cognito-idp").set_user_pool_mfa_config(
        UserPoolId=cloud.outputs["UserPoolId"],
        SoftwareTokenMfaConfiguration={"Enabled": True},
        MfaConfiguration=wanted,
    )


def _tell(functions: Any, name: str, variables: dict[str, str]) -> None:
    functions.update_function_configuration(FunctionName=name, Environment={"Variables": variables})


@dataclass
class Requiring:
    """Before the engine: nobody gets a token without an authenticator (Cognito's MFA_SETUP)."""

    engine_url: str
    held: dict[str, str] = field(default_factory=dict)
    """The tokens the engine gave too early, by the session of the step."""
    enrolled: set[str] = field(default_factory=set)

    def follow(self, action: str, asked: Answer, headers: dict[str, str]) -> tuple[int, Answer]:
        """One call, its answer changed where Cognito would have asked for the setup."""
        token = self.held.get(asked.get("Session", ""))
        if token and action in {"AssociateSoftwareToken", "VerifySoftwareToken"}:
            rest = {name: value for name, value in asked.items() if name != "Session"}
            status, answer = self._ask({**rest, "AccessToken": token}, headers)
            return status, {**answer, "Session": asked["Session"]} if status == OK else answer
        status, answer = self._ask(asked, headers)
        given = answer.get("AuthenticationResult", {}).get("AccessToken")
        name = _name_in(asked)
        if asked.get("ChallengeName") == "MFA_SETUP" and given:
            self.enrolled.add(name)
        elif given and name and name not in self.enrolled:
            session = secrets.token_urlsafe()
            self.held[session] = given
            setup = {"USER_ID_FOR_SRP": name, "MFAS_CAN_SETUP": '["SOFTWARE_TOKEN_MFA"]'}
            step = {"ChallengeName": "MFA_SETUP", "Session": session, "ChallengeParameters": setup}
            return status, step
        return status, answer

    def _ask(self, asked: Answer, headers: dict[str, str]) -> tuple[int, Answer]:
        answer = httpx.post(
            self.engine_url, json=asked, headers=headers, timeout=TIMEOUT_S, trust_env=False
        )
        return answer.status_code, answer.json() if answer.content else {}


def _name_in(asked: Answer) -> str:
    """Who signs in with it; nobody where a session is only renewed."""
    given = asked.get("AuthParameters") or asked.get("ChallengeResponses") or {}
    return str(given.get("USERNAME", ""))


@contextmanager
def _requiring(engine_url: str) -> Iterator[str]:
    """The address of the door while it stands."""
    server = ThreadingHTTPServer((LOOPBACK, 0), _handler(Requiring(engine_url)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://{LOOPBACK}:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def _handler(pool: Requiring) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name: self.headers[name] for name in PASSED_ON if self.headers[name]}
            action = self.headers["X-Amz-Target"].rpartition(".")[2]
            status, answer = pool.follow(action, json.loads(body), headers)
            content = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/x-amz-json-1.1")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            """A test prints what failed alone."""

    return Handler
