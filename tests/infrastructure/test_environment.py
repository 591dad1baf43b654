"""Environment names belong to resources, so that one process can host every function."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest
from pharmonico.kit.settings import Settings

from infra_cdk.functions import ALL, FunctionSpec
from tests.infrastructure.wiring import asked_for

if TYPE_CHECKING:
    from tests.infrastructure.assembly import Assembly

ONLY_WHERE_SET = {
    "TOKENS_URL",
    "ROUTING_POLICY",
    "QUIET_HOURS",
    "MANAGED_LOGIN",
}  # empty is left out
PROBLEMS = {"API_URL"}  # the shell of every API function names the page of an error
EVERYWHERE = {"STAGE", "LOG_LEVEL", "POWERTOOLS_SERVICE_NAME"}


def values(cloud: Assembly) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for function in cloud.functions:
        for name, value in cloud.environment(function).items():
            found[name].add(json.dumps(value, sort_keys=True))
    return found


def test_no_name_has_two_values(cloud: Assembly) -> None:
    assert {name: each for name, each in values(cloud).items() if len(each) > 1} == {}


def test_every_name_is_known_to_the_settings(cloud: Assembly) -> None:
    assert values(cloud).keys() - Settings.model_fields.keys() == set()


def test_every_function_says_its_stage_and_service(cloud: Assembly) -> None:
    environments = {name: cloud.environment(name) for name in cloud.functions}
    assert [name for name, each in environments.items() if not each.keys() >= EVERYWHERE] == []


@pytest.mark.parametrize("spec", ALL, ids=lambda spec: spec.name)
def test_a_function_gets_the_names_its_adapters_ask_for_and_no_other(
    local: Assembly, spec: FunctionSpec
) -> None:
    given = local.environment(spec.name).keys()
    asked = asked_for(spec.name)
    assert asked - given - ONLY_WHERE_SET == set()
    assert given - asked - EVERYWHERE - (PROBLEMS if spec.kind == "api" else set()) == set()


def test_no_secret_stands_in_an_environment(cloud: Assembly) -> None:
    names = values(cloud).keys()
    assert [name for name in names if name.endswith(("_KEY", "_TOKEN", "_PASSWORD"))] == []


def test_local_functions_call_the_sandbox(local: Assembly) -> None:
    payment, notification = local.environment("payment"), local.environment("notification")
    assert payment["STRIPE_URL"] == "http://127.0.0.1:8090/stripe"
    assert notification["EMAIL_URL"] == "http://127.0.0.1:8090/ses"
    assert payment["PORTAL_URL"] == "http://portal.localhost:8080"


def test_functions_on_aws_call_the_providers_themselves(prod: Assembly) -> None:
    names = {name for each in prod.functions for name in prod.environment(each)}
    assert names & {"STRIPE_URL", "SHIPPO_URL", "TWILIO_URL", "EMAIL_URL"} == set()
