"""What an engine lacks is a setting of its stage: the same stacks, told otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from infra_cdk.stages import STAGES
from local.deploy.identity import ALONE, issuer_settings
from tests.infrastructure.conftest import synthesised

if TYPE_CHECKING:
    from tests.infrastructure.assembly import Assembly

POOL = {"UserPoolId": "us-east-1_pool", "StaffClientId": "staff", "ProviderClientId": "provider"}
KEYS = "http://127.0.0.1:4666"


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Assembly:
    """LocalStack's code without Docker, with the user pool at its companion."""
    settings = issuer_settings(POOL, keys=KEYS)
    return synthesised(tmp_path_factory.mktemp("host"), "localstack-host", settings)


def test_the_user_pool_can_be_deployed_alone(tmp_path_factory: pytest.TempPathFactory) -> None:
    alone = synthesised(tmp_path_factory.mktemp("alone"), "localstack-host", ALONE)
    assert list(alone.templates) == ["identity"]
    assert {"UserPoolId", "StaffClientId", "ProviderClientId"} <= set(
        alone.templates["identity"]["Outputs"]
    )


def test_a_pool_elsewhere_is_known_as_an_issuer(host: Assembly) -> None:
    assert "identity" not in host.templates
    known = host.functions["intake"]["Environment"]["Variables"]
    assert known["TOKEN_ISSUER"] == "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_pool"
    assert known["TOKEN_JWKS_URL"] == f"{KEYS}/us-east-1_pool/.well-known/jwks.json"
    assert known["TOKEN_CLIENT_IDS"] == "staff,provider"


def test_a_new_engine_finds_its_tables_by_name(host: Assembly) -> None:
    names = {each.get("TableName") for each in host.resources("AWS::DynamoDB::Table").values()}
    assert {"pharmonico-localstack-host-orders", "pharmonico-localstack-host-audit"} <= names
    assert None not in names


def test_everywhere_else_cloudformation_names_the_tables(local: Assembly) -> None:
    names = {each.get("TableName") for each in local.resources("AWS::DynamoDB::Table").values()}
    assert names == {None}
    assert {name for name, stage in STAGES.items() if stage.tables == "named"} == {
        "localstack-host"
    }


def test_functions_bring_the_own_layers_along_and_no_wheels(host: Assembly) -> None:
    assert [name for name, each in host.functions.items() if "Layers" in each] == []
    tops = {path.name for path in host.code("intake").iterdir()}
    assert tops == {"functions", "ncpdp", "pharmonico"}
