"""Nobody without a token, nobody with a false one, and no role beyond its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cloud.door import INTAKE, PRESCRIPTIONS, SCRIPT, problem

if TYPE_CHECKING:
    from tests.cloud.world import World

UNKNOWN = f"{PRESCRIPTIONS}/rx_{'0' * 26}"
CLOSED = [
    ("GET", PRESCRIPTIONS),
    ("GET", UNKNOWN),
    ("GET", f"{UNKNOWN}/timeline"),
    ("GET", f"{UNKNOWN}/documents/script"),
    ("GET", f"{UNKNOWN}/audit/verify"),
    ("POST", f"{UNKNOWN}/pharmacy"),
    ("POST", f"{UNKNOWN}/cancel"),
    ("POST", f"{UNKNOWN}/redrive"),
    ("POST", f"{UNKNOWN}/release"),
    ("POST", "/api/enrollment/start"),
    ("POST", "/api/payments/create-link"),
    ("GET", "/api/v1/payments/rx_unknown"),
    ("POST", "/api/v1/payments/rx_unknown/refunds"),
    ("POST", "/api/v1/payments/rx_unknown/accept"),
    ("POST", INTAKE),
    ("POST", SCRIPT),
    ("GET", "/api/v1/portal/enrollment"),
    ("POST", "/api/v1/portal/submit"),
]


@pytest.mark.parametrize(("method", "path"), CLOSED)
def test_without_a_token_there_is_nothing(world: World, method: str, path: str) -> None:
    answer = world.door.ask(method, path)
    assert problem(answer)[0] == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")


def test_a_token_of_nobody_is_refused(world: World) -> None:
    head, body, _ = world.door.token("ops").split(".")
    for token in ("nonsense", f"{head}.{body}.", f"{head}.{body}.{'A' * 342}"):
        headers = {"Authorization": f"Bearer {token}"}
        assert problem(world.door.ask("GET", PRESCRIPTIONS, headers=headers))[0] == 401


@pytest.mark.parametrize(
    ("role", "method", "path"),
    [
        ("auditor", "POST", f"{UNKNOWN}/pharmacy"),
        ("auditor", "POST", f"{UNKNOWN}/cancel"),
        ("pharmacy_manager", "POST", f"{UNKNOWN}/release"),
        ("pharmacist", "POST", f"{UNKNOWN}/redrive"),
        ("pharmacist", "POST", "/api/v1/payments/rx_unknown/refunds"),
        ("ledger_admin", "GET", PRESCRIPTIONS),
        ("ops", "POST", SCRIPT),
        ("provider", "POST", f"{UNKNOWN}/cancel"),
        ("provider", "GET", f"{UNKNOWN}/documents/script"),
        ("provider", "GET", f"{UNKNOWN}/audit/verify"),
        ("provider", "POST", "/api/enrollment/start"),
    ],
)
def test_a_role_may_do_its_own_and_no_more(world: World, role: str, method: str, path: str) -> None:
    assert problem(world.door.ask(method, path, role=role)) == (403, "access.denied")
