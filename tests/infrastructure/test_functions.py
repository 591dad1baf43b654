"""Every folder of functions/ is a Lambda, and every Lambda a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infra_cdk.build_layers import OWN
from infra_cdk.functions import ALL, APIS, PAYER
from infra_cdk.paths import FUNCTIONS
from infra_cdk.routes import ROUTES

if TYPE_CHECKING:
    from tests.infrastructure.assembly import Assembly

FOLDERS = {path.parent.name for path in FUNCTIONS.glob("*/handler.py")}
LAYERS_MAX = 5  # Lambda's own limit
API_TIMEOUT_MAX_S = 29  # API Gateway's own limit


def test_every_folder_is_declared_and_every_declaration_has_a_folder() -> None:
    assert {spec.name for spec in ALL} == FOLDERS


def test_every_declared_function_is_deployed_once(cloud: Assembly) -> None:
    simulators = {PAYER.name} if cloud.stage == "prod" else set()
    expected = {spec.name for spec in ALL} - simulators
    assert sorted(cloud.function_ids.values()) == sorted(expected)


def test_the_handler_is_the_folders_dotted_path(cloud: Assembly) -> None:
    handlers = {name: properties["Handler"] for name, properties in cloud.functions.items()}
    assert handlers == {name: f"functions.{name}.handler.lambda_handler" for name in handlers}


def test_every_function_runs_python_313_on_arm64(cloud: Assembly) -> None:
    kinds = {(each["Runtime"], *each["Architectures"]) for each in cloud.functions.values()}
    assert kinds == {("python3.13", "arm64")}


def test_no_function_has_more_layers_than_lambda_allows() -> None:
    counts = {spec.name: len(spec.vendors) + len(OWN) for spec in ALL}
    assert {name: count for name, count in counts.items() if count > LAYERS_MAX} == {}


def test_every_function_keeps_its_logs_for_a_while_only(cloud: Assembly) -> None:
    groups = cloud.resources("AWS::Logs::LogGroup")
    named = {each["LoggingConfig"]["LogGroup"]["Ref"] for each in cloud.functions.values()}
    assert len(named) == len(cloud.functions)
    assert [name for name, group in groups.items() if "RetentionInDays" not in group] == []


def test_every_function_is_traced_and_watched_in_production(prod: Assembly) -> None:
    watched = {
        dimension["Value"]["Ref"]
        for alarm in prod.resources("AWS::CloudWatch::Alarm").values()
        for dimension in alarm.get("Dimensions", [])
        if dimension["Name"] == "FunctionName"
    }
    assert watched == set(prod.function_ids)
    tracing = {each["TracingConfig"]["Mode"] for each in prod.functions.values()}
    assert tracing == {"Active"}


def test_what_nobody_waits_for_leaves_its_failures_in_a_queue(cloud: Assembly) -> None:
    configured = {
        cloud.function_ids[each["FunctionName"]["Ref"]]: each["DestinationConfig"]["OnFailure"]
        for each in cloud.resources("AWS::Lambda::EventInvokeConfig").values()
    }
    assert configured.keys() == {spec.name for spec in ALL if spec.asynchronous}
    assert all("Queue" in each["Destination"]["Fn::GetAtt"][0] for each in configured.values())


def test_an_api_function_gives_up_before_the_gateway_does(cloud: Assembly) -> None:
    timeouts = {spec.name: cloud.functions[spec.name]["Timeout"] for spec in APIS}
    assert {name: s for name, s in timeouts.items() if s >= API_TIMEOUT_MAX_S} == {}


def test_every_api_function_has_routes_and_no_other_has() -> None:
    assert ROUTES.keys() == {spec.name for spec in (*APIS, PAYER)}
