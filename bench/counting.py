"""What an AWS request and its answer count as: pure arithmetic, no network.

Write units are the engine's own `ConsumedCapacity` (table and indexes). Read units are worked out
here from the items that were answered, because the engine answers one unit whatever the size.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from typing import Any

READ_UNIT_BYTES = 4096
WRITE_UNIT_BYTES = 1024
WRITE_UNITS = "dynamodb write units"
READ_UNITS = "dynamodb read units"
EVENT_ENTRIES = "events published"
TRIPS_OF = "trips of "
WRITES_OF = "write units of "
READS_OF = "read units of "
TARGETS = {
    "DynamoDB_20120810": "dynamodb",
    "AWSStepFunctions": "stepfunctions",
    "AWSEvents": "events",
    "secretsmanager": "secretsmanager",
}
REFUSED = (b"ConditionalCheckFailed", b"TransactionCanceled")
READS = {"GetItem", "Query", "Scan"}
S3_VERBS = {"PUT": "write", "POST": "write", "GET": "read", "HEAD": "read", "DELETE": "delete"}


def operation(method: str, headers: dict[str, str]) -> tuple[str, str]:
    """Service and operation, such as ("dynamodb", "PutItem") or ("s3", "write")."""
    prefix, _, action = headers.get("x-amz-target", "").rpartition(".")
    if action:
        return TARGETS.get(prefix, prefix.casefold()), action
    service = signed_for(headers.get("authorization", ""))
    # A browser's upload is signed in its form, not in a header.
    if service == "s3" or headers.get("content-type", "").startswith("multipart/form-data"):
        return "s3", S3_VERBS.get(method, method)
    return service or "other", method


def signed_for(authorization: str) -> str:
    """The service in a signature's scope: key/date/region/SERVICE/aws4_request."""
    scope = authorization.partition("Credential=")[2].partition(",")[0].split("/")
    return scope[-2] if len(scope) > 2 else ""  # noqa: PLR2004 - a scope has five parts


def asking_for_capacity(service: str, body: bytes) -> bytes:
    """A DynamoDB request that also wants to know what it consumed; any other as it is."""
    if service != "dynamodb":
        return body
    return json.dumps(json.loads(body) | {"ReturnConsumedCapacity": "TOTAL"}).encode()


def units(action: str, asked: bytes, answered: bytes) -> Counter[str]:
    """Capacity units of one DynamoDB call."""
    answer = json.loads(answered or b"{}")
    if action == "BatchGetItem":
        return Counter({READ_UNITS: _batch_units(json.loads(asked), answer)})
    if action in READS:
        consistent = bool(json.loads(asked).get("ConsistentRead"))
        items = [answer["Item"]] if "Item" in answer else answer.get("Items", [])
        return Counter({READ_UNITS: read_units(items, consistent=consistent)})
    consumed = answer.get("ConsumedCapacity", [])
    entries = consumed if isinstance(consumed, list) else [consumed]
    return Counter({WRITE_UNITS: sum(entry["CapacityUnits"] for entry in entries)})


def read_units(items: list[dict[str, Any]], *, consistent: bool) -> float:
    """One unit for each 4 KB begun, at least one; half of it when an old answer will do."""
    begun = max(1, math.ceil(sum(map(item_bytes, items)) / READ_UNIT_BYTES))
    return begun if consistent else begun / 2


def refused_units(action: str, asked: bytes, answered: bytes) -> Counter[str]:
    """A write that its condition refused is paid all the same; the engine tells no units then."""
    if not any(reason in answered for reason in REFUSED):
        return Counter()
    wanted = json.loads(asked)
    if action != "TransactWriteItems":
        return Counter({WRITE_UNITS: _written(wanted)})
    acts = [act for item in wanted["TransactItems"] for act in item.values()]
    return Counter({WRITE_UNITS: sum(2 * _written(act) for act in acts)})


def _written(act: dict[str, Any]) -> int:
    """A unit for each KB begun of what was to be written."""
    return max(1, math.ceil(item_bytes(act.get("Item", {})) / WRITE_UNIT_BYTES))


def _batch_units(asked: dict[str, Any], answer: dict[str, Any]) -> float:
    """A batch saves trips, not units: every item is rounded up by itself, and so is nothing."""
    return sum(
        _table_units(wanted, answer["Responses"].get(table, []))
        for table, wanted in asked["RequestItems"].items()
    )


def _table_units(wanted: dict[str, Any], items: list[dict[str, Any]]) -> float:
    consistent = bool(wanted.get("ConsistentRead"))
    missing = max(0, len(wanted["Keys"]) - len(items))
    found = sum(read_units([item], consistent=consistent) for item in items)
    return found + missing * read_units([], consistent=consistent)


def item_bytes(item: dict[str, Any]) -> int:
    """Names and values in UTF-8, as DynamoDB measures strings; numbers a little too large."""
    return sum(len(name.encode()) + _value_bytes(value) for name, value in item.items())


def entries(action: str, asked: bytes) -> int:
    """Events in a PutEvents request, one more for each 64 KB begun beyond the first."""
    if action != "PutEvents":
        return 0
    return sum(
        max(1, math.ceil(len(json.dumps(entry).encode()) / 65_536))
        for entry in json.loads(asked)["Entries"]
    )


def _value_bytes(value: dict[str, Any]) -> int:
    kind, content = next(iter(value.items()))
    if kind == "B":
        return len(content) * 3 // 4  # bytes travel as base64
    if kind in {"S", "N"}:
        return len(str(content).encode())
    if kind in {"SS", "NS"}:
        return sum(len(str(each).encode()) for each in content)
    return len(json.dumps(content).encode())
