"""The session door as the dashboard calls it: cookies, questions, renewal, and the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pharmonico.adapters.memory.audit import MemoryAuditTrail
from pharmonico.fulfillment.access import Role
from pharmonico.fulfillment.policy import POLICY
from pharmonico.fulfillment.staff.ports import Proof
from pharmonico.fulfillment.staff.sessions import StaffSessions
from pharmonico.fulfillment.staff.signing_in import TRIES_PER_ADDRESS_MAX, TRIES_PER_NAME_MAX
from pharmonico.kit.settings import settings

from functions.session_api import api as door
from functions.session_api import managed, password
from functions.session_api.api import LOCKED_OUT_TOLD_MAX
from functions.session_api.handler import lambda_handler
from tests.gateway import Answer, send
from tests.unit.staff.conftest import CODE, PASSWORD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pharmonico.adapters.memory.tokens import MemoryTokens
    from pharmonico.kit.clock import FixedClock

    from tests.unit.staff.conftest import Pool

SESSION = "/api/v1/session"
OWN = {"Sec-Fetch-Site": "same-origin"}
OPS_URL, DOMAIN = "https://ops.example", "https://sign-in.example"


@pytest.fixture(autouse=True)
def trail(
    monkeypatch: pytest.MonkeyPatch, pool: Pool, tokens: MemoryTokens, clock: FixedClock
) -> Iterator[MemoryAuditTrail]:
    trail = MemoryAuditTrail()
    for module in (door, password, managed):
        monkeypatch.setattr(module.aws, "tokens", lambda: tokens)
        monkeypatch.setattr(module.aws, "CLOCK", clock)
        monkeypatch.setattr(module.aws, "audit_trail", lambda: trail)
    sessions = StaffSessions(tokens=tokens, clock=clock)
    monkeypatch.setattr(door.api, "_door", type(door.api._door)(sessions=lambda: sessions))
    for module in (door, password):
        monkeypatch.setattr(module, "verifier", lambda: pool)
    monkeypatch.setattr(password, "provider", lambda: pool)
    for name, value in (("STAFF_CLIENT_ID", "client"), ("OPS_URL", OPS_URL)):
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    yield trail
    settings.cache_clear()


def call(method: str, path: str = SESSION, body: Any = None, **headers: str) -> Answer:
    return send(lambda_handler, method, path, body=body, headers={**OWN, **headers})


def sign_in(name: str = "ops", word: str = PASSWORD) -> Answer:
    return call("POST", body={"username": name, "password": word})


def cookie_of(answer: Answer) -> str:
    return str(answer.headers["set-cookie"]).partition(";")[0]


def test_a_sign_in_sets_the_strictest_cookie_and_says_what_is_allowed() -> None:
    answer = sign_in()
    assert answer.status == 200
    rules = answer.headers["set-cookie"]
    assert rules.startswith("__Host-session=")
    for rule in ("Secure", "HttpOnly", "SameSite=Strict", "Path=/"):
        assert rule in rules
    allowed = {action.value for action, roles in POLICY.items() if Role.OPS in roles}
    assert set(answer.json["may"]) == allowed
    assert "access" not in str(answer.json)


def test_the_cookie_reads_renews_and_leaves() -> None:
    cookie = {"Cookie": cookie_of(sign_in())}
    assert call("GET", **cookie).json["username"] == "ops"
    assert call("POST", f"{SESSION}/renew", **cookie).status == 200
    left = call("DELETE", **cookie)
    assert (left.status, "Max-Age=0" in left.headers["set-cookie"]) == (204, True)
    assert call("GET", **cookie).status == 401
    assert call("GET").status == 401


def test_a_pool_that_is_down_keeps_nobody_signed_in(pool: Pool, trail: MemoryAuditTrail) -> None:
    cookie = {"Cookie": cookie_of(sign_in())}
    pool.is_down = True
    left = call("DELETE", **cookie)
    assert (left.status, "Max-Age=0" in left.headers["set-cookie"]) == (204, True)
    assert call("GET", **cookie).status == 401
    (chain,) = trail.texts
    assert trail.chain(chain)[-1].act.action == "signed_out"


def test_a_code_is_asked_for_and_then_the_session_opens() -> None:
    asked = sign_in("careful").json
    assert (asked["state"], asked["question"]) == ("question", "totp")
    answer = call("POST", f"{SESSION}/answer", {"reference": asked["reference"], "answer": CODE})
    assert answer.json["roles"] == ["auditor"]


def test_another_sites_page_can_neither_sign_in_nor_out() -> None:
    body = {"username": "ops", "password": PASSWORD}
    for site in ("cross-site", "none", ""):
        refused = call("POST", body=body, **{"Sec-Fetch-Site": site})
        assert (refused.status, refused.json["code"]) == (403, "access.cross_site")


def test_sign_ins_are_audited_and_a_refused_one_names_nobody(trail: MemoryAuditTrail) -> None:
    sign_in(word="wrong")
    sign_in()
    (chain,) = trail.texts
    acts = [entry.act for entry in trail.chain(chain)]
    assert chain.startswith("sign_ins_")
    assert [(act.action, act.outcome) for act in acts] == [
        ("sign_in_refused", "sign_in.refused"),
        ("signed_in", "ok"),
    ]
    assert "ops" not in acts[0].model_dump_json()


def test_a_wrong_code_is_audited_and_a_made_up_question_is_not(trail: MemoryAuditTrail) -> None:
    asked = sign_in("careful").json
    for reference in (asked["reference"], "made up"):
        call("POST", f"{SESSION}/answer", {"reference": reference, "answer": "000000"})
    (chain,) = trail.texts
    (entry,) = trail.chain(chain)
    assert (entry.act.action, entry.act.outcome) == ("sign_in_refused", "sign_in.code_refused")
    assert "careful" not in entry.act.model_dump_json()


def test_who_is_kept_out_does_not_write_the_audit_full(trail: MemoryAuditTrail) -> None:
    for _ in range(TRIES_PER_NAME_MAX + LOCKED_OUT_TOLD_MAX + 5):
        sign_in(word="wrong")
    (chain,) = trail.texts
    assert len(trail.chain(chain)) == TRIES_PER_NAME_MAX + LOCKED_OUT_TOLD_MAX


def test_one_stranger_behind_a_cdn_keeps_nobody_else_out() -> None:
    for number in range(TRIES_PER_ADDRESS_MAX + 1):
        body = {"username": f"name{number}", "password": "wrong"}
        refused = call("POST", body=body, **{"X-Forwarded-For": "198.51.100.9, 192.0.2.1"})
    assert refused.status == 429
    body = {"username": "ops", "password": PASSWORD}
    theirs = call("POST", body=body, **{"X-Forwarded-For": "203.0.113.5, 192.0.2.1"})
    assert theirs.status == 200


def test_managed_login_leads_away_and_back(monkeypatch: pytest.MonkeyPatch, pool: Pool) -> None:
    monkeypatch.setenv("MANAGED_LOGIN", DOMAIN)
    settings.cache_clear()
    away = call("GET", f"{SESSION}/managed")
    assert away.status == 303
    assert away.headers["location"].startswith(f"{DOMAIN}/oauth2/authorize?")
    sent: dict[str, Any] = {}

    def exchanged(code: str, **given: Any) -> Proof:
        sent.update(given, code=code)
        return Proof(access_token="ops/1", refresh_token="refresh/ops")

    monkeypatch.setattr(managed, "exchanged", exchanged)
    kept = cookie_of(away)
    query = {"code": "abc", "state": kept.partition("=")[2]}
    path = f"{SESSION}/callback"
    stolen = send(lambda_handler, "GET", path, query=query)
    assert (stolen.status, stolen.json["code"]) == (401, "sign_in.state_unknown")
    back = send(lambda_handler, "GET", path, query=query, headers={"Cookie": kept})
    assert (back.status, back.headers["location"]) == (303, "/")
    assert cookie_of(back).startswith("__Host-session=")
    assert (sent["code"], sent["callback"]) == ("abc", f"{OPS_URL}{path}")
    again = send(lambda_handler, "GET", path, query=query, headers={"Cookie": kept})
    assert again.status == 401
    assert pool.given == 0


def test_without_managed_login_there_is_no_way_to_it() -> None:
    answer = call("GET", f"{SESSION}/managed")
    assert (answer.status, answer.json["code"]) == (404, "sign_in.not_managed")
