"""The HTTP door: `Api` is the shell, the rest is what routes import beside it.

    from pharmonico.lambdas.http import Action, Api, Query

A module with routes does without `from __future__ import annotations`: the annotations of a
route are its contract and are read when it is registered.
"""

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body, Header, Path, Query

from pharmonico.fulfillment.policy import Action
from pharmonico.lambdas.http.app import Api
from pharmonico.lambdas.http.call import Call
from pharmonico.lambdas.http.errors import Malformed, TooLarge
from pharmonico.lambdas.http.problems import status_of

__all__ = [
    "Action",
    "Api",
    "Body",
    "Call",
    "Header",
    "Malformed",
    "Path",
    "Query",
    "Response",
    "TooLarge",
    "status_of",
]
