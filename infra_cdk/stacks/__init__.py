"""The stacks of one stage, in the order they are deployed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infra_cdk.stacks.api import ApiStack
from infra_cdk.stacks.cache import CacheStack
from infra_cdk.stacks.data import DataStack
from infra_cdk.stacks.fulfillment import FulfillmentStack
from infra_cdk.stacks.identity import IdentityStack, Issuer, outside_issuer
from infra_cdk.stacks.operations import OperationsStack
from infra_cdk.stacks.web import WebStack

if TYPE_CHECKING:
    from constructs import Construct

    from infra_cdk.stages import Stage


def build(scope: Construct, stage: Stage) -> None:
    """Declare every stack of the stage."""
    if stage.parts == "identity":
        IdentityStack(scope, stage=stage)
        return
    data = DataStack(scope, stage=stage)
    issuer = _issuer(scope, stage)
    cache = CacheStack(scope, stage=stage, key=data.key) if stage.cache else None
    fulfillment = FulfillmentStack(scope, stage=stage, data=data, issuer=issuer, cache=cache)
    api = ApiStack(scope, stage=stage, data=data, issuer=issuer, cache=cache).api
    WebStack(scope, stage=stage, api=api, cards=data.cards)
    if stage.operations:
        OperationsStack(scope, stage=stage, fulfillment=fulfillment, api=api)


def _issuer(scope: Construct, stage: Stage) -> Issuer:
    return IdentityStack(scope, stage=stage).issuer if stage.own_identity else outside_issuer(stage)
