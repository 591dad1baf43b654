"""The API's stage, which some engines lose in an update."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from local.aws import Engine


def republish_api(engine: Engine, outputs: dict[str, str]) -> bool:
    """Put the API's stage back; says whether it had to.

    LocalStack cannot update a stage: with the deployment that an update replaces, the stage goes.
    """
    if "ApiId" not in outputs:
        return False
    gateway, api = engine.client("apigateway"), outputs["ApiId"]
    stages = {stage["stageName"] for stage in gateway.get_stages(restApiId=api).get("item", [])}
    if outputs["ApiStage"] in stages:
        return False
    deployments: list[dict[str, Any]] = gateway.get_deployments(restApiId=api)["items"]
    newest = max(deployments, key=lambda each: each["createdDate"])
    gateway.create_stage(restApiId=api, stageName=outputs["ApiStage"], deploymentId=newest["id"])
    return True
