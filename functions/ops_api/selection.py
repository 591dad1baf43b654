"""`…/{id}/routing` explains the ranking, `…/{id}/pharmacy` chooses from it or by override."""

from typing import Annotated

from pharmonico.adapters import aws
from pharmonico.fulfillment.order import Order
from pharmonico.fulfillment.reading import Progress
from pharmonico.fulfillment.routing.explaining import Routing, explain
from pharmonico.fulfillment.routing.selection import Choice, select_pharmacy
from pharmonico.lambdas.http import Action, Body, Query
from pydantic import BaseModel, Field

from functions.ops_api.api import TAG, api, audited, within_reach
from functions.ops_api.moves import GUARDED, done

_ID = "/api/v1/prescriptions/<prescription_id>"


class Selection(BaseModel):
    """The chosen pharmacy; one that is not ranked needs a reason code and a note."""

    pharmacy_id: Annotated[str, Field(min_length=1, max_length=64)]
    override_reason: Annotated[str | None, Field(max_length=40)] = None
    override_note: Annotated[str | None, Field(max_length=1000)] = None


@api.get(f"{_ID}/routing", Action.READ_ROUTING, tag=TAG)
def read_routing(
    prescription_id: str,
    *,
    pharmacy: Annotated[
        str | None, Query(max_length=64, description="why not this one: its id or NCPDP id")
    ] = None,
) -> Routing:
    """The ranking with every score broken down, its weights, and why not the asked pharmacy."""
    order = within_reach(prescription_id)
    shown = explain(
        order.id,
        pharmacy,
        orders=aws.orders(),
        directory=aws.directory(),
        loads=aws.loads(),
        clock=aws.CLOCK,
    )
    audited("routing_read", order.id, **({"pharmacy": pharmacy} if pharmacy else {}))
    return shown


@api.post(f"{_ID}/pharmacy", Action.SELECT_PHARMACY, **GUARDED)
def choose_pharmacy(prescription_id: str, command: Annotated[Selection, Body()]) -> Progress:
    """Choose the pharmacy; of two clerks who choose at once, one gets 412.

    Its place in the pharmacy's day is taken by the same write: 409 `pharmacy.full` when there is
    none left. A controlled substance leaves the addressed pharmacy by a pharmacist's hand alone.
    """
    call = api.call
    choice = Choice(command.pharmacy_id, command.override_reason, command.override_note)

    def choose() -> Order:
        return select_pharmacy(
            prescription_id,
            choice,
            actor=call.actor,
            expected_revision=call.expected_revision,
            directory=aws.directory(),
            orders=aws.orders(),
            clock=aws.CLOCK,
        )

    return done("select_pharmacy", prescription_id, choose)
