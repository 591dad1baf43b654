"""Every door that shows anything about a patient leaves an entry, or says here why it need not.

The code of each route is followed through its function's modules: a route that reaches `audited`
leaves an entry. A new route is one or the other, or this test names it.
"""

from __future__ import annotations

import ast
import importlib
import inspect
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from pharmonico.fulfillment.audit.searching import LOOKS

from infra_cdk.functions import APIS
from infra_cdk.paths import FUNCTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

STATES = "answers ids, codes and times alone"
OWN_STATE = "tells the patient which pages are done, not what they say"
SYSTEM = "says nothing about anybody"
PARTNERS = "answers a partner with a code; what it brought is an event of its own"
BLIND = "leads on by a secret reference and names nobody"
SECRETS = "shows addresses of systems and codes of messages, no patients"

NEED_NOT: dict[str, str] = {
    "intake send_message": PARTNERS,
    "intake send_script": PARTNERS,
    "ops_api read_timeline": STATES,
    "ops_api verify_audit": STATES,
    "portal_api read_consents": SYSTEM,
    "portal_api open_portal": OWN_STATE,
    "portal_api send_fresh_link": OWN_STATE,
    "portal_api send_code": OWN_STATE,
    "portal_api confirm": OWN_STATE,
    "portal_api close": OWN_STATE,
    "portal_api save_insurance": OWN_STATE,
    "portal_api save_secondary": OWN_STATE,
    "portal_api save_delivery": OWN_STATE,
    "portal_api save_consent": OWN_STATE,
    "portal_api submit_enrollment": OWN_STATE,
    "portal_api read_order": OWN_STATE,
    "portal_api open_order": BLIND,
    "portal_api forget_order": BLIND,
    "portal_api follow_order": BLIND,
    "portal_api pay_here": BLIND,
    "portal_api pay": BLIND,
    "portal_api read_message_wishes": OWN_STATE,
    "portal_api save_message_wishes": OWN_STATE,
    "address_check check_delivery_address": "answers the patient about what the patient wrote",
    "shipments_api read_manifest": STATES,
    "card_photos offer": OWN_STATE,
    "card_photos complete": OWN_STATE,
    "desk_api read_counts": STATES,
    "desk_api list_failures": STATES,
    "desk_api list_failed_prescriptions": STATES,
    "desk_api list_views": SYSTEM,
    "desk_api read_view": SYSTEM,
    "webhooks_api list_webhook_endpoints": SECRETS,
    "webhooks_api read_webhook_endpoint": SECRETS,
    "webhooks_api send_test_webhook": SECRETS,
    "webhooks_api list_webhook_deliveries": SECRETS,
    "session_api leave": SYSTEM,
    "session_api read_session": SYSTEM,
    "session_api renew": SYSTEM,
    "webhook_stripe receive_stripe_event": PARTNERS,
    "webhook_twilio receive_sms": PARTNERS,
    "webhook_shippo receive_tracking_update": PARTNERS,
    "system_api health": SYSTEM,
    "system_api metrics": SYSTEM,
    "system_api list_queues": SYSTEM,
    "system_api list_partners": SYSTEM,
    "system_api read_documentation": SYSTEM,
    "system_api read_style": SYSTEM,
    "system_api read_openapi": SYSTEM,
    "system_api list_errors": SYSTEM,
    "system_api read_error": SYSTEM,
}
ACT = "audited"


@cache
def functions_of(name: str) -> dict[str, list[ast.FunctionDef]]:
    """Every function of the folder's modules by its name, those of the modules themselves first."""
    trees = [ast.parse(path.read_text()) for path in sorted((FUNCTIONS / name).glob("*.py"))]
    outer = [node for tree in trees for node in tree.body]
    inner = [node for tree in trees for node in ast.walk(tree)]
    found: dict[str, list[ast.FunctionDef]] = defaultdict(list)
    for node in (*outer, *inner):
        if isinstance(node, ast.FunctionDef) and node not in found[node.name]:
            found[node.name].append(node)
    return found


def calls(node: ast.AST) -> Iterator[ast.Call]:
    return (each for each in ast.walk(node) if isinstance(each, ast.Call))


def called(call: ast.Call) -> str:
    target = call.func
    return target.id if isinstance(target, ast.Name) else getattr(target, "attr", "")


def reached(function: str, start: str) -> Iterator[ast.FunctionDef]:
    """The route and what it calls in its folder, and so on."""
    known = functions_of(function)
    seen, waiting = {start}, [known[start][0]]
    while waiting:
        node = waiting.pop()
        yield node
        names = {called(call) for call in calls(node)} & known.keys() - seen
        seen |= names
        waiting += [each for name in names for each in known[name]]


def acts(function: str, route: str) -> list[ast.Call]:
    """The calls of `audited` that the route may come to."""
    return [
        call for node in reached(function, route) for call in calls(node) if called(call) == ACT
    ]


def routes() -> list[tuple[str, str, str]]:
    """Function, route and method of every route there is."""
    found = []
    for spec in APIS:
        handler: Any = importlib.import_module(f"functions.{spec.name}.handler").lambda_handler
        resolver = handler.__self__.resolver
        for route in (*resolver._static_routes, *resolver._dynamic_routes):
            method = route.method if isinstance(route.method, str) else route.method[0]
            found.append((spec.name, inspect.unwrap(route.func).__name__, method))
    return sorted(set(found))


@pytest.mark.parametrize(("function", "route", "method"), routes())
def test_a_door_leaves_an_entry_or_shows_nobody(function: str, route: str, method: str) -> None:
    excused = f"{function} {route}" in NEED_NOT
    assert excused is not bool(acts(function, route))


def test_nothing_is_excused_that_is_not_there() -> None:
    there = {f"{function} {route}" for function, route, _ in routes()}
    functions = {spec.name for spec in APIS}
    assert {each for each in NEED_NOT.keys() - there if each.split()[0] in functions} == set()


@pytest.mark.parametrize(
    ("function", "route"),
    [(function, route) for function, route, method in routes() if method == "GET"],
)
def test_what_is_read_is_named_as_a_look(function: str, route: str) -> None:
    named = [call.args[0] for call in acts(function, route) if call.args]
    names = {str(each.value) for each in named if isinstance(each, ast.Constant)}
    assert {name for name in names if not name.endswith(LOOKS)} <= {"audit_verified", "signed_in"}
