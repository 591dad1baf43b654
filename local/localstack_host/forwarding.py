"""DynamoDB and its streams, answered by the companion: LocalStack's own need a Java download.

What clients, functions, CloudFormation and event source mappings send is passed on as it came, and
so is the answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import urllib3
from localstack.aws.skeleton import Skeleton
from localstack.aws.spec import load_service
from localstack.http import Response
from localstack.services.plugins import Service, aws_provider

from local.localstack_host.settings import settings

if TYPE_CHECKING:
    from localstack.aws.api import RequestContext

COMPANION = "companion"
CONNECTIONS_MAX = 64
TIMEOUT_S = 60.0
# They are about one connection, or are worked out anew.
NOT_PASSED_ON = {"host", "connection", "content-length", "transfer-encoding", "accept-encoding"}


@aws_provider(api="dynamodb", name=COMPANION)
def dynamodb() -> Service:
    """The tables."""
    return forwarded("dynamodb")


@aws_provider(api="dynamodbstreams", name=COMPANION)
def dynamodbstreams() -> Service:
    """Their streams."""
    return forwarded("dynamodbstreams")


def forwarded(api: str) -> Service:
    """A service whose every operation the companion answers."""
    model, url = load_service(api), settings().companion_url
    pool = urllib3.PoolManager(maxsize=CONNECTIONS_MAX, timeout=TIMEOUT_S, retries=False)

    def forward(context: RequestContext, _: Any) -> Response:
        request = context.request
        answer = pool.request(
            request.method, url, body=request.data, headers=passed_on(request.headers.items())
        )
        return Response(answer.data, answer.status, passed_on(answer.headers.items()))

    return Service(api, skeleton=Skeleton(model, dict.fromkeys(model.operation_names, forward)))


def passed_on(headers: Any) -> dict[str, str]:
    """The headers that say something of the request or the answer itself."""
    return {name: value for name, value in headers if name.lower() not in NOT_PASSED_ON}
