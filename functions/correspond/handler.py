"""Queue: messages to the prescriber are sent, and their answers carried out."""

from typing import Any

from pharmonico.adapters import aws
from pharmonico.adapters.queues import put_off
from pharmonico.adapters.secrets import secrets
from pharmonico.events.envelope import Event
from pharmonico.fulfillment.correspondence import filling, sending
from pharmonico.lambdas.queue import queue_consumer

FILLS = ("prescription_dispensed", "dispense_refused")


@queue_consumer(put_off=put_off)
def lambda_handler(event: Event[Any]) -> None:
    orders, clients = aws.orders(), aws.known_clients()
    post = sending.Post(
        orders=orders, clients=clients, prescribers=aws.prescribers(), clock=aws.CLOCK
    )
    if event.detail_type == "prescriber_answered":
        carry_out(event)
    elif event.detail_type in FILLS:
        filling.tell_fill(event, post=post, directory=aws.directory())
    else:
        sending.send(event.data.prescription_id, event.data.message, post=post)


def carry_out(event: Event[Any]) -> None:
    from pharmonico.fulfillment.correspondence import changing  # noqa: PLC0415 - answers are rare

    bench = changing.Bench(
        orders=aws.orders(),
        clients=aws.known_clients(),
        machine=aws.machine(),
        clock=aws.CLOCK,
        patient_key=secrets().signing_key,
    )
    changing.carry_out(event.data.prescription_id, event.data.message, bench=bench)
