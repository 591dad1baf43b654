"""What each function is called with, as a file: for `sam local invoke -e` and for tests."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any, TypeVar

from pharmonico.adapters.dynamodb.directory import pharmacy_item
from pharmonico.adapters.dynamodb.items import order_item
from pharmonico.events.fulfillment import (
    DispenseRefused,
    EnrollmentCompleted,
    EnrollmentStarted,
    IntakeReceived,
    PrescriptionDispensed,
)
from pharmonico.events.fulfillment_messages import PrescriberMessageRequired
from pharmonico.events.fulfillment_payments import PaymentRefundRequested
from pharmonico.fulfillment.order import Order, Origin, Summary
from pharmonico.fulfillment.status import Status

from infra_cdk.functions import ALL, FunctionSpec
from local.generate.api_requests import requests
from local.generate.events import IDS, META, example
from local.generate.machine_inputs import payloads
from local.generate.proxy_event import proxy_event
from local.place import ACCOUNT, REGION
from local.seed.pharmacies import pharmacies

if TYPE_CHECKING:
    from collections.abc import Callable

    from pharmonico.events.envelope import Event

T = TypeVar("T")

FOLDER = "events/invoke"
HEARD: dict[str, type[Event[Any]]] = {
    "resume": EnrollmentCompleted,
    "notification": EnrollmentStarted,
    "enrollment_papers": EnrollmentCompleted,
    "claim_reverser": DispenseRefused,
    "refunder": PaymentRefundRequested,
    "correspond": PrescriberMessageRequired,
    "audit": IntakeReceived,
    "webhook_fanout": PrescriptionDispensed,
    "desk_index": IntakeReceived,
}
"""One of the events that the function is subscribed to."""
TASKS: dict[str, dict[str, Any]] = {
    "webhook_sender": {
        "endpoint_id": "whe_01K5EXAMP1E000000000000007",
        "message_id": "msg_01K5EXAMP1E000000000000001",
        "round": 1,
    },
}
DELIVERY = "00000000-0000-4000-8000-000000000002"
TABLE = f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{{table}}/stream/example"


def files() -> dict[str, str]:
    """`events/invoke/<folder of functions/>.json`, one per function."""
    return {
        f"{FOLDER}/{name}.json": json.dumps(event, indent=2) + "\n"
        for name, event in invocations().items()
    }


def invocations() -> dict[str, dict[str, Any]]:
    """Function to the event it is called with."""
    asked, work = requests(), payloads()
    return {spec.name: _event(spec, asked=asked, work=work) for spec in ALL}


def _event(
    spec: FunctionSpec, *, asked: dict[str, Any], work: dict[str, dict[str, Any]]
) -> dict[str, Any]:
    match spec.kind:
        case "stage" | "compensation":
            return work[spec.resource_id]
        case "bus":
            return _delivered(_said(HEARD, spec))
        case "queue":
            return _queued(_asked_for(spec))
        case "stream":
            return _said(STREAMED, spec)()
        case "schedule":
            return _tick(spec)
        case "api" | "simulator":
            return proxy_event(spec.name, asked[spec.name], at=META.occurred_at)


def _said(table: dict[str, T], spec: FunctionSpec) -> T:
    if spec.name not in table:
        raise LookupError(f"say in local/generate/invocations.py what {spec.name} is called with")
    return table[spec.name]


def _delivered(event: type[Event[Any]]) -> dict[str, Any]:
    return _envelope(event.source, event.detail_type, example(event))


def _asked_for(spec: FunctionSpec) -> dict[str, Any]:
    """An event of the bus, or a task of our own."""
    return TASKS[spec.name] if spec.name in TASKS else _delivered(_said(HEARD, spec))


def _queued(message: dict[str, Any]) -> dict[str, Any]:
    """A batch of one, as the queue in front of the function hands it over."""
    record = {
        "messageId": DELIVERY,
        "receiptHandle": "example",
        "body": json.dumps(message),
        "attributes": {"ApproximateReceiveCount": "1"},
        "eventSource": "aws:sqs",
        "eventSourceARN": f"arn:aws:sqs:{REGION}:{ACCOUNT}:example",
        "awsRegion": REGION,
    }
    return {"Records": [record]}


def _tick(spec: FunctionSpec) -> dict[str, Any]:
    rule = f"arn:aws:events:{REGION}:{ACCOUNT}:rule/Tick{spec.resource_id}"
    return _envelope("aws.events", "Scheduled Event", {}) | {"resources": [rule]}


def _envelope(source: str, detail_type: str, detail: dict[str, Any]) -> dict[str, Any]:
    """As EventBridge hands it to a function."""
    return {
        "version": "0",
        "id": DELIVERY,
        "detail-type": detail_type,
        "source": source,
        "account": ACCOUNT,
        "time": f"{META.occurred_at:%Y-%m-%dT%H:%M:%SZ}",
        "region": REGION,
        "resources": [],
        "detail": detail,
    }


def _outbox() -> dict[str, Any]:
    """One record of the orders table's stream: a received prescription with its outbox."""
    event = IntakeReceived.model_validate(example(IntakeReceived))
    return _batch({"NewImage": order_item(_order(), [event])}, name="INSERT")


def _pharmacy_moved() -> dict[str, Any]:
    """One record of the directory's stream: a pharmacy that may ship to one more state."""
    pharmacy = pharmacies()[0]
    fewer = dict(list(pharmacy.licences.items())[:-1])
    before = pharmacy.model_copy(update={"licences": fewer})
    images = {"OldImage": pharmacy_item(before), "NewImage": pharmacy_item(pharmacy)}
    return _batch(images, name="MODIFY")


def _batch(images: dict[str, Any], *, name: str) -> dict[str, Any]:
    images = {image: _in_letters(item) for image, item in images.items()}
    item = images["NewImage"]
    old_too = "OldImage" in images
    return {
        "Records": [
            {
                "eventID": "1",
                "eventName": name,
                "eventVersion": "1.1",
                "eventSource": "aws:dynamodb",
                "awsRegion": REGION,
                "eventSourceARN": TABLE.format(table="directory" if old_too else "orders"),
                "dynamodb": {
                    "ApproximateCreationDateTime": int(META.occurred_at.timestamp()),
                    "Keys": {name: item[name] for name in ("pk", "sk")},
                    **images,
                    "SequenceNumber": "100000000000000000001",
                    "SizeBytes": len(json.dumps(item)),
                    "StreamViewType": "NEW_AND_OLD_IMAGES" if old_too else "NEW_IMAGE",
                },
            }
        ]
    }


def _in_letters(item: dict[str, Any]) -> dict[str, Any]:
    """An item as a stream's record has it: bytes in base64."""
    return {name: _letters(value) for name, value in item.items()}


def _letters(value: dict[str, Any]) -> dict[str, Any]:
    return {"B": base64.b64encode(value["B"]).decode()} if "B" in value else value


def _order() -> Order:
    """A synthetic prescription as intake has just written it."""
    return Order(
        id=str(IDS["prescription_id"]),
        status=Status.RECEIVED,
        created_at=META.occurred_at,
        updated_at=META.occurred_at,
        correlation_id=META.correlation_id,
        origin=Origin(client_id="example", sender="1000000000001", message_id="EX-1"),
        summary=Summary(
            patient_name="Jordan Doe",
            drug="Lipitor 20 MG Oral Tablet",
            prescriber_name="Pat Prescriber",
            prescriber_npi="1234567802",
        ),
        patient_id=str(IDS["patient_id"]),
    )


STREAMED: dict[str, Callable[[], dict[str, Any]]] = {
    "publisher": _outbox,
    "rosters": _pharmacy_moved,
}
"""A batch of the table's stream that the function reads."""
