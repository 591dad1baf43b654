"""The one shell of every API function, on Powertools' REST resolver.

A function makes an `Api`, hangs its routes on it (each names the action it performs) and exports
`lambda_handler = api.handler`. The validation middlewares are Powertools' own; they are put
behind the guard instead of being switched on by `enable_validation`, because a stranger must get
401 before anybody looks at fields.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from aws_lambda_powertools.event_handler import APIGatewayRestResolver, Response
from aws_lambda_powertools.event_handler.middlewares.openapi_validation import (
    OpenAPIRequestValidationMiddleware,
    OpenAPIResponseValidationMiddleware,
)
from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEvent

from pharmonico.kit.clock import SystemClock
from pharmonico.kit.errors import NotFound
from pharmonico.lambdas.http.answers import answer_error, finished, json_of, kept, rebuilt
from pharmonico.lambdas.http.call import Call, open_call, plainly_typed
from pharmonico.lambdas.http.errors import MethodNotAllowed
from pharmonico.lambdas.http.guard import JSON, Door, admit
from pharmonico.lambdas.http.idempotency import once
from pharmonico.lambdas.http.openapi import operation_extras
from pharmonico.lambdas.http.rules import Rule
from pharmonico.lambdas.logs import logger

if TYPE_CHECKING:
    from collections.abc import Callable

    from aws_lambda_powertools.event_handler.api_gateway import Route

    from pharmonico.fulfillment.access import Sessions, Verifier
    from pharmonico.fulfillment.policy import Action
    from pharmonico.fulfillment.ports import Tokens
    from pharmonico.kit.clock import Clock
    from pharmonico.lambdas.http.rules import Refusal

    Next = Callable[[APIGatewayRestResolver], Response[Any]]

F = TypeVar("F", bound="Callable[..., Any]")


class _AnswerValidation(OpenAPIResponseValidationMiddleware):
    """Powertools', but for files: it would make text of their bytes, which a PDF's are not."""

    def _handle_response(self, *, route: Route, response: Response[Any]) -> Response[Any]:
        if isinstance(response.body, bytes):
            return response
        answer: Response[Any] = super()._handle_response(route=route, response=response)
        return answer


class Api:
    """Routes, each with its action; `handler` is the Lambda's entry."""

    def __init__(
        self,
        *,
        verifier: Callable[[], Verifier] | None = None,
        sessions: Callable[[], Sessions] | None = None,
        tokens: Callable[[], Tokens] | None = None,
        clock: Clock | None = None,
    ) -> None:
        self._door = Door(verifier=verifier, sessions=sessions)
        self._tokens = tokens
        self.clock = clock or SystemClock()
        self.rules: list[Rule] = []
        self.resolver = APIGatewayRestResolver(json_body_deserializer=json_of)
        self.resolver.use(
            middlewares=[
                self._guard,
                OpenAPIRequestValidationMiddleware(),  # type: ignore[no-untyped-call] # untyped in Powertools
                self._once,
                _AnswerValidation(has_response_validation_error=True),
            ]
        )
        self.resolver.exception_handler(Exception)(self._refuse)

    def get(self, path: str, action: Action, **options: Any) -> Callable[[F], F]:
        return self.route("GET", path, action, **options)

    def post(self, path: str, action: Action, **options: Any) -> Callable[[F], F]:
        return self.route("POST", path, action, **options)

    def put(self, path: str, action: Action, **options: Any) -> Callable[[F], F]:
        return self.route("PUT", path, action, **options)

    def delete(self, path: str, action: Action, **options: Any) -> Callable[[F], F]:
        return self.route("DELETE", path, action, **options)

    def route(
        self,
        method: str,
        path: str,
        action: Action,
        *,
        also: str = "",
        accepts: tuple[str, ...] = (JSON,),
        idempotent: bool = False,
        if_match: bool = False,
        refusal: Refusal | None = None,
        told_once: tuple[str, ...] = (),
        status: int = 200,
        **described: Any,
    ) -> Callable[[F], F]:
        """Hang a route on the API; without an action there is no registering one.

        `also` is a second path of the same route; `idempotent` demands an Idempotency-Key,
        `if_match` an If-Match; `refusal` may answer errors in the route's own form; `told_once`
        are secrets in the answer, empty in a replay; `described`
        goes to the OpenAPI document (`responses`, `tag`, …).
        """

        if idempotent and self._tokens is None:
            raise TypeError(f"{method} {path} is idempotent: give the Api its tokens")

        def register(run: F) -> F:
            for place in filter(None, (path, also)):
                guards = (accepts, idempotent, if_match, refusal, told_once)
                rule = Rule(method, place, action, *guards)
                self.rules.append(rule)
                extras = operation_extras(rule, run, plain=place == also, **described)
                self.resolver.route(place, method, status_code=status, **extras)(run)
            return run

        return register

    @property
    def call(self) -> Call:
        """The request in hand, for routes: caller, bytes, ETag, answer headers."""
        call: Call = self.resolver.context["call"]
        return call

    def handler(self, event: dict[str, Any], context: Any) -> dict[str, Any]:
        """The Lambda's entry: an API Gateway v1 proxy event in, its answer out."""
        is_head = event["httpMethod"] == "HEAD"
        event = plainly_typed({**event, "httpMethod": "GET"} if is_head else event)
        call = open_call(APIGatewayProxyEvent(event), clock=self.clock)
        self.resolver.context["call"] = call
        logger().append_keys(correlation_id=call.correlation_id, caller="", route="")
        return finished(self.resolver.resolve(event, context), call, bodyless=is_head)

    def _guard(self, app: APIGatewayRestResolver, following: Next) -> Response[Any]:
        rule = self._rule(app)
        app.context["rule"] = rule
        logger().append_keys(route=f"{rule.method} {rule.path}")
        admit(self.call, rule.action, accepts=rule.accepts, door=self._door)
        logger().append_keys(caller=self.call.caller.id)
        rule.demand(self.call)
        return following(app)

    def _rule(self, app: APIGatewayRestResolver) -> Rule:
        """The declared rule of the matched route; nothing unnamed is ever served."""
        event = app.current_event
        here = [rule for rule in self.rules if rule.is_at(event.path)]
        path = app.context["_route"].path.rstrip("/")
        for rule in here:
            if (rule.method, rule.path.rstrip("/")) == (event.http_method.upper(), path):
                return rule
        allowed = {rule.method for rule in here}
        if allowed and event.http_method.upper() not in allowed:
            raise MethodNotAllowed(sorted(allowed | ({"HEAD"} if "GET" in allowed else set())))
        raise NotFound("request.no_such_path", "There is nothing at this path.")

    def _once(self, app: APIGatewayRestResolver, following: Next) -> Response[Any]:
        rule: Rule = app.context["rule"]
        if not rule.idempotent or self._tokens is None:
            return following(app)
        answer = once(
            self.call,
            f"{rule.method} {rule.path}",
            lambda: kept(following(app), self.call),
            tokens=self._tokens(),
            told_once=rule.told_once,
        )
        return rebuilt(answer, self.call)

    def _refuse(self, error: Exception) -> Response[Any]:
        rule: Rule | None = self.resolver.context.get("rule")
        return answer_error(error, self.call, rule.refusal if rule else None)
