"""The REST API: one ANY proxy per API function, so that the function itself answers 405 and 404.

Method by method the stack would pass CloudFormation's 500 resources. The gateway takes bodies up
to 10 MB; the functions refuse what is over 1 MB with 413, and what the gateway refuses itself is
answered in the same problem form.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from aws_cdk import aws_apigateway as apigateway
from constructs import Construct

from infra_cdk.constructs.alarms import PERIOD, alarm_on_any
from infra_cdk.constructs.logs import log_group
from infra_cdk.routes import BINARY_MEDIA_TYPES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from infra_cdk.constructs.function import Function
    from infra_cdk.stages import Stage

STAGE_NAME = "live"
BURST_FACTOR = 2

_Kind = apigateway.ResponseType
PROBLEMS: tuple[tuple[apigateway.ResponseType, str | None, str, str], ...] = (
    (_Kind.DEFAULT_4_XX, None, "gateway.refused", "The gateway refused the request"),
    (_Kind.DEFAULT_5_XX, None, "gateway.failed", "The gateway failed"),
    (_Kind.REQUEST_TOO_LARGE, "413", "request.too_large", "The body is too large"),
    (_Kind.THROTTLED, "429", "rate.exceeded", "Too many requests at once"),
    (_Kind.QUOTA_EXCEEDED, "429", "rate.exceeded", "Too many requests"),
    (_Kind.MISSING_AUTHENTICATION_TOKEN, "404", "request.no_such_path", "There is no such route"),
    (_Kind.INTEGRATION_TIMEOUT, "504", "gateway.timeout", "The service took too long"),
)
_ACCESS_LOG = {
    "request_id": "$context.requestId",
    "time": "$context.requestTimeEpoch",
    "method": "$context.httpMethod",
    "resource": "$context.resourcePath",  # the template, never the ids in the path
    "status": "$context.status",
    "latency_ms": "$context.responseLatency",
    "bytes": "$context.responseLength",
    "caller": "$context.identity.sourceIp",
}


class RestApi(Construct):
    """REST API v1 with access logs, throttling and problems instead of bare messages."""

    def __init__(self, scope: Construct, *, stage: Stage) -> None:
        super().__init__(scope, "Rest")
        self._api_url = stage.api_url
        self.resource = apigateway.RestApi(
            self,
            "Api",
            rest_api_name=stage.named("api"),
            endpoint_types=[apigateway.EndpointType.REGIONAL],
            binary_media_types=list(BINARY_MEDIA_TYPES),
            cloud_watch_role=not stage.local,
            deploy_options=self._options(stage),
        )
        for kind, status, code, title in PROBLEMS:
            self._problem(kind, status, code, title)
        errors = self.resource.metric_server_error(period=PERIOD, statistic="Sum")
        alarm_on_any(self, errors, what="the API answered 5xx", stage=stage)

    def route(self, function: Function, paths: Sequence[str]) -> None:
        """Hand every method of these paths to the function."""
        integration = apigateway.LambdaIntegration(function.resource, allow_test_invoke=False)
        for path in paths:
            resource = self.resource.root.resource_for_path(path.replace("+", "{proxy+}"))
            resource.add_method("ANY", integration)

    def _options(self, stage: Stage) -> apigateway.StageOptions:
        logs = log_group(self, name=f"/aws/apigateway/{stage.named('access')}", stage=stage)
        return apigateway.StageOptions(
            stage_name=STAGE_NAME,
            throttling_rate_limit=stage.throttle_rps,
            throttling_burst_limit=stage.throttle_rps * BURST_FACTOR,
            tracing_enabled=stage.tracing,
            # Errors alone, and never bodies: those are PHI.
            logging_level=apigateway.MethodLoggingLevel.OFF
            if stage.local
            else apigateway.MethodLoggingLevel.ERROR,
            data_trace_enabled=False,
            access_log_destination=apigateway.LogGroupLogDestination(logs),
            access_log_format=apigateway.AccessLogFormat.custom(json.dumps(_ACCESS_LOG)),
        )

    def _problem(
        self, kind: apigateway.ResponseType, status: str | None, code: str, title: str
    ) -> None:
        problem = {
            "type": f"{self._api_url}/api/errors/{code}",
            "title": title,
            **({"status": int(status)} if status else {}),
            "code": code,
            "instance": "$context.requestId",
        }
        self.resource.add_gateway_response(
            f"Problem-{kind.response_type}",
            type=kind,
            status_code=status,
            response_headers={
                "Content-Type": "'application/problem+json'",
                "Cache-Control": "'no-store'",
            },
            templates={"application/json": json.dumps(problem)},
        )
