"""A stage with its settings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from infra_cdk.functions import ALL
from infra_cdk.needs import Need
from infra_cdk.packages import layer_names
from infra_cdk.stages import STAGES, StageUnknown, read_settings, stage_named

if TYPE_CHECKING:
    from pathlib import Path

    from tests.infrastructure.assembly import Assembly


def test_a_local_stage_takes_its_ports_from_the_settings() -> None:
    settings = {"edge_port": 9000, "sandbox_url": "http://127.0.0.1:9001", "engine_url": "http://e"}
    stage = stage_named("embedded", settings)
    assert stage.ops_url == "http://ops.localhost:9000"
    assert stage.shippo_url == "http://127.0.0.1:9001/shippo"
    assert stage.identity_url == stage.upload_url == "http://e"


def test_a_local_stage_works_without_settings() -> None:
    assert stage_named("local") == stage_named("embedded", {})
    assert stage_named("embedded").api_url == "http://127.0.0.1:8080"


def test_an_aws_stage_has_no_local_address() -> None:
    stage = stage_named("prod", {"engine_url": "http://e", "payer_url": "https://payer.test"})
    assert (stage.payer_url, stage.stripe_url, stage.identity_url) == ("https://payer.test", "", "")


def test_production_does_nothing_by_itself() -> None:
    assert (STAGES["prod"].dispense, STAGES["prod"].portal_otp) == ("manual", "required")


def test_localstack_gets_its_layers_inside_the_functions() -> None:
    bundled = {name for name, stage in STAGES.items() if stage.layers == "bundled"}
    assert bundled == {"localstack", "localstack-host"}


def test_where_tokens_lie_on_redis_their_functions_bring_its_client_and_stay_within_the_limit() -> (
    None
):
    without = stage_named("dev")
    stage = replace(without, tokens_url="rediss://cache.test:6379/0")
    for spec in ALL:
        plain, names = layer_names(spec, without), layer_names(spec, stage)
        assert ("vendor_base_redis" in names) == (Need.TOKENS in spec.needs)
        assert len(names) == len(plain)
        assert "vendor_base_redis" not in plain


@pytest.mark.parametrize("settings", [{"colour": "green"}, {"name": "other"}, {"local": True}])
def test_a_setting_that_no_stage_has_is_refused(settings: dict[str, object]) -> None:
    with pytest.raises(StageUnknown, match=f"unknown settings: {next(iter(settings))}"):
        stage_named("dev", settings)


def test_an_unknown_stage_is_refused_with_the_known_ones() -> None:
    with pytest.raises(StageUnknown, match="embedded, localstack, localstack-host, dev, prod"):
        stage_named("staging")


def test_settings_are_an_object_or_absent(tmp_path: Path) -> None:
    listed = tmp_path / "settings.json"
    assert read_settings(listed) == {}
    listed.write_text("[]")
    with pytest.raises(StageUnknown, match="no JSON object"):
        read_settings(listed)


def test_an_issuer_outside_replaces_the_user_pool() -> None:
    stage = stage_named("localstack", {"token_issuer": "https://issuer.test"})
    assert stage.own_identity is False


def test_the_local_engine_knows_every_type_it_is_given(local: Assembly) -> None:
    from ministack.services.cloudformation import provisioners  # noqa: PLC0415 - it is large

    assert local.types() - provisioners._RESOURCE_HANDLERS.keys() == set()


def test_no_stack_brings_a_helper_function_along(cloud: Assembly) -> None:
    assert [
        kind for kind in cloud.types() if kind.startswith(("Custom::", "AWS::CloudFormation"))
    ] == []


def test_no_template_needs_a_bootstrapped_account(cloud: Assembly) -> None:
    assert [name for name, each in cloud.templates.items() if "Rules" in each] == []


def test_no_stack_comes_near_the_limit_of_resources(cloud: Assembly) -> None:
    counts = {name: len(each["Resources"]) for name, each in cloud.templates.items()}
    assert max(counts.values()) < 400, counts
