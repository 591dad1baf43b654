"""The public door: a REST API and the functions behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infra_cdk import functions as spec
from infra_cdk.constructs.access import Access
from infra_cdk.constructs.function import Function
from infra_cdk.constructs.layers import Layers
from infra_cdk.constructs.rest_api import STAGE_NAME, RestApi
from infra_cdk.routes import ROUTES
from infra_cdk.stacks.base import PharmonicoStack

if TYPE_CHECKING:
    from constructs import Construct

    from infra_cdk.stacks.cache import CacheStack
    from infra_cdk.stacks.data import DataStack
    from infra_cdk.stacks.identity import Issuer
    from infra_cdk.stages import Stage


class ApiStack(PharmonicoStack):
    """One proxy per API function."""

    def __init__(
        self,
        scope: Construct,
        *,
        stage: Stage,
        data: DataStack,
        issuer: Issuer,
        cache: CacheStack | None = None,
    ) -> None:
        super().__init__(scope, "api", stage=stage)
        layers = Layers(self, stage=stage)
        access = Access(stage=stage, data=data, issuer=issuer, cache=cache)
        rest = RestApi(self, stage=stage)
        simulators = (spec.PAYER,) if stage.payer_simulator else ()
        for item in (*spec.APIS, *simulators):
            function = Function(self, item, stage=stage, layers=layers)
            access.give(function)
            rest.route(function, ROUTES[item.name])
        self.api = rest.resource
        self.tell(ApiId=self.api.rest_api_id, ApiStage=STAGE_NAME, ApiUrl=self.api.url)
