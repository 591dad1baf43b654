"""Conditional puts: one item or several at once, on the version that was read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from pharmonico.fulfillment.errors import PharmacyFull
from pharmonico.kit.errors import VersionConflict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from types_boto3_dynamodb import DynamoDBClient

    from pharmonico.adapters.dynamodb.keys import Item

_LOST = {"ConditionalCheckFailedException", "TransactionConflictException"}
_LOST_REASONS = {"ConditionalCheckFailed", "TransactionConflict"}


def condition(version: int | None) -> dict[str, Any]:
    """Version 0 means the item must not exist yet; None writes without a condition."""
    if version is None:
        return {}
    if version == 0:
        return {"ConditionExpression": "attribute_not_exists(pk)"}
    return {
        "ConditionExpression": "version = :read",
        "ExpressionAttributeValues": {":read": {"N": str(version)}},
    }


def _put(table: str, item: Item, version: int | None) -> Any:
    return {"TableName": table, "Item": item, **condition(version)}


def _drop(table: str, key: Item) -> Any:
    return {"TableName": table, "Key": key, "ConditionExpression": "attribute_exists(pk)"}


def write_one(client: DynamoDBClient, table: str, item: Item, version: int | None) -> None:
    """Put one item; `VersionConflict` when somebody wrote since `version` was read."""
    try:
        client.put_item(TableName=table, Item=item, **condition(version))
    except ClientError as error:
        if error.response["Error"]["Code"] in _LOST:
            raise VersionConflict from error
        raise


def write_all(
    client: DynamoDBClient,
    table: str,
    puts: Sequence[tuple[Item, int | None]],
    *,
    counts: Sequence[Any] = (),
    drops: Sequence[Item] = (),
) -> None:
    """Put all items, drop what must still be there, and count, or nothing.

    Raises `VersionConflict` when a put lost its race or another writer was at the same counter
    just then, else `PharmacyFull` when a count's condition does not hold.
    """
    items: list[Any] = [{"Put": _put(table, item, version)} for item, version in puts]
    items += [{"Delete": _drop(table, key)} for key in drops]
    items += [{"Update": {"TableName": table, **count}} for count in counts]
    try:
        client.transact_write_items(TransactItems=items)
    except client.exceptions.TransactionCanceledException as error:
        reasons = [reason.get("Code") for reason in error.response["CancellationReasons"]]
        ours = set(reasons[: len(puts) + len(drops)])
        if ours & _LOST_REASONS or "TransactionConflict" in reasons:
            raise VersionConflict from error
        if "ConditionalCheckFailed" in reasons:
            raise PharmacyFull from error
        raise
    except ClientError as error:
        if error.response["Error"]["Code"] in _LOST:
            raise VersionConflict from error
        raise
