"""The gateway passes everything on, and speaks in problems where it cannot."""

from __future__ import annotations

import importlib
import json
from typing import TYPE_CHECKING

import pytest

from infra_cdk.functions import PAYER
from infra_cdk.routes import ROUTES

if TYPE_CHECKING:
    from tests.infrastructure.assembly import Assembly


def paths(cloud: Assembly) -> dict[str, str]:
    """The full path of every resource by its logical id."""
    resources = cloud.resources("AWS::ApiGateway::Resource")

    def path(name: str) -> str:
        parent = resources[name]["ParentId"].get("Ref", "")
        return f"{path(parent) if parent in resources else ''}/{resources[name]['PathPart']}"

    return {name: path(name) for name in resources}


def routes(cloud: Assembly) -> dict[str, set[str]]:
    """The paths of every function."""
    found: dict[str, set[str]] = {}
    where = paths(cloud)
    for method in cloud.resources("AWS::ApiGateway::Method").values():
        uri = json.dumps(method["Integration"]["Uri"])
        (function,) = [name for key, name in cloud.function_ids.items() if f'"{key}"' in uri]
        found.setdefault(function, set()).add(where[method["ResourceId"]["Ref"]])
    return found


def test_every_path_reaches_its_function(cloud: Assembly) -> None:
    wanted = {name: {each.replace("+", "{proxy+}") for each in ROUTES[name]} for name in ROUTES}
    if cloud.stage == "prod":
        del wanted[PAYER.name]
    assert routes(cloud) == wanted


def covers(pattern: str, path: str) -> bool:
    return path.startswith(pattern.removesuffix("+")) if pattern[-1] == "+" else path == pattern


@pytest.mark.parametrize("name", sorted(ROUTES.keys() - {PAYER.name}))
def test_the_gateway_sends_a_route_to_the_function_that_has_it(name: str) -> None:
    handler = importlib.import_module(f"functions.{name}.handler").lambda_handler
    every = [(pattern, each) for each, patterns in ROUTES.items() for pattern in patterns]
    for rule in handler.__self__.rules:
        _, sent_to = max((len(p), each) for p, each in every if covers(p, rule.path))
        assert (rule.path, sent_to) == (rule.path, name)


def test_every_method_is_passed_on(cloud: Assembly) -> None:
    methods = cloud.resources("AWS::ApiGateway::Method").values()
    assert {(each["HttpMethod"], each["Integration"]["Type"]) for each in methods} == {
        ("ANY", "AWS_PROXY")
    }


def test_xml_arrives_as_it_was_sent(cloud: Assembly) -> None:
    (api,) = cloud.resources("AWS::ApiGateway::RestApi").values()
    assert api["BinaryMediaTypes"] == ["*/*"]


@pytest.mark.parametrize("kind", ["DEFAULT_4XX", "DEFAULT_5XX", "REQUEST_TOO_LARGE", "THROTTLED"])
def test_the_gateways_own_refusals_are_problems(cloud: Assembly, kind: str) -> None:
    answers = cloud.resources("AWS::ApiGateway::GatewayResponse").values()
    (answer,) = [each for each in answers if each["ResponseType"] == kind]
    assert answer["ResponseParameters"]["gatewayresponse.header.Content-Type"] == (
        "'application/problem+json'"
    )
    problem = json.loads(answer["ResponseTemplates"]["application/json"])
    assert problem.keys() >= {"type", "title", "code", "instance"}


def test_a_body_over_the_gateways_limit_is_413(cloud: Assembly) -> None:
    answers = cloud.resources("AWS::ApiGateway::GatewayResponse").values()
    (answer,) = [each for each in answers if each["ResponseType"] == "REQUEST_TOO_LARGE"]
    assert answer["StatusCode"] == "413"


def test_callers_are_throttled_and_logged_without_ids(cloud: Assembly) -> None:
    (stage,) = cloud.resources("AWS::ApiGateway::Stage").values()
    (settings,) = stage["MethodSettings"]
    assert settings["ThrottlingRateLimit"] > 0
    assert settings["DataTraceEnabled"] is False
    logged = stage["AccessLogSetting"]["Format"]
    assert "$context.requestId" in logged
    assert "$context.path" not in logged


def test_the_consoles_test_button_may_call_nothing(cloud: Assembly) -> None:
    permissions = cloud.resources("AWS::Lambda::Permission", stack="api").values()
    assert [each for each in permissions if "test-invoke-stage" in json.dumps(each)] == []
