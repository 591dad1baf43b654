"""DynamoDB and its streams, answered by the companion: LocalStack's own need a Java download.

What clients, functions, CloudFormation and event source mappings send is passed on as it came, and
so is the answer. Only a table that the companion has kept from an earlier engine is not made anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import boto3
import urllib3
from localstack.aws.skeleton import Skeleton
from localstack.aws.spec import load_service
from localstack.http import Response
from localstack.services.plugins import Service, aws_provider

from local.localstack_host.keeping import KeptTables
from local.localstack_host.settings import settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from localstack.aws.api import RequestContext

    Handler = Callable[[RequestContext, Any], Any]

COMPANION = "companion"
CONNECTIONS_MAX = 64
TIMEOUT_S = 60.0
# They are about one connection, or are worked out anew.
NOT_PASSED_ON = {"host", "connection", "content-length", "transfer-encoding", "accept-encoding"}


@aws_provider(api="dynamodb", name=COMPANION)
def dynamodb() -> Service:
    """The tables."""
    forward, kept = forwarder(), KeptTables(companion_client("dynamodb"))

    def create_table(context: RequestContext, wanted: dict[str, Any]) -> Any:
        found = kept.taken_over(wanted)
        return {"TableDescription": found} if found else forward(context, wanted)

    return service("dynamodb", forward, CreateTable=create_table)


@aws_provider(api="dynamodbstreams", name=COMPANION)
def dynamodbstreams() -> Service:
    """Their streams."""
    return service("dynamodbstreams", forwarder())


def service(api: str, forward: Handler, **own: Handler) -> Service:
    """A service whose operations are passed on, but for its own ones."""
    model = load_service(api)
    return Service(
        api, skeleton=Skeleton(model, dict.fromkeys(model.operation_names, forward) | own)
    )


def forwarder() -> Handler:
    """Passes a request on to the companion."""
    url = settings().companion_url
    pool = urllib3.PoolManager(maxsize=CONNECTIONS_MAX, timeout=TIMEOUT_S, retries=False)

    def forward(context: RequestContext, _: Any) -> Response:
        request = context.request
        answer = pool.request(
            request.method, url, body=request.data, headers=passed_on(request.headers.items())
        )
        return Response(answer.data, answer.status, passed_on(answer.headers.items()))

    return forward


def passed_on(headers: Any) -> dict[str, str]:
    """The headers that say something of the request or the answer itself."""
    return {name: value for name, value in headers if name.lower() not in NOT_PASSED_ON}


def companion_client(api: str) -> Any:
    """The plugins' own look at the companion."""
    key = "test"  # it takes any
    make: Any = boto3.client
    return make(
        api,
        endpoint_url=settings().companion_url,
        region_name="us-east-1",
        aws_access_key_id=key,
        aws_secret_access_key=key,
    )
