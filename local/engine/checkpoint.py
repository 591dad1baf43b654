"""Checkpoints of the engine's state: without them a kill loses everything since its start.

The engine keeps stream records in memory only, while it saves how far each consumer has read; after
a restart it would swallow as many new events as it had delivered before. So the records that are
not yet delivered are kept with the tables, in the tables' own file, and put back with them.
"""

from __future__ import annotations

from typing import Any

JOURNAL = "undelivered_stream_records"
TABLES = "dynamodb"
STREAM_ARN_PARTS = 6

Positions = dict[tuple[str, str, str], int]


class Checkpoints:
    """Saves what changed; must be called on the thread that serves requests.

    Reader positions are saved one checkpoint late: an event whose consumers died with the engine
    is then delivered again, and consumers know each event by its id.
    """

    def __init__(self) -> None:
        self._saved: dict[str, Any] = {}
        self._positions: Positions | None = None

    def take(self, *, whole: bool = False) -> dict[str, Any] | None:
        """The states that differ from the last checkpoint, or all, copied, by their file's name.

        None while a stack is being changed: the engine cannot take a half-made stack up again,
        so a kill in between must lead back to the stack before.
        """
        from ministack import app  # noqa: PLC0415 - importing it reads the environment

        if _stack_in_progress():
            return None
        states = {name: get() for name, get in app._build_persistence_save_dict().items()}  # noqa: SLF001 - its only door
        states = {name: state for name, state in states.items() if state is not None}
        positions = _positions()
        if TABLES in states:
            late = positions if self._positions is None else self._positions
            states[TABLES][JOURNAL] = _journal(late)
        self._positions = positions
        changed = {
            name: state for name, state in states.items() if whole or self._differs(name, state)
        }
        self._saved |= changed
        return changed

    def _differs(self, name: str, state: Any) -> bool:
        return name not in self._saved or _plain(self._saved[name]) != _plain(state)


def write(states: dict[str, Any]) -> None:
    """Write the states, each file whole or not at all."""
    from ministack.core.persistence import save_state  # noqa: PLC0415 - reads the environment

    for name, state in states.items():
        save_state(name, state)


def restore() -> None:
    """Put undelivered records and the readers' positions back, after the engine's own load."""
    from ministack.core.persistence import load_state  # noqa: PLC0415 - reads the environment
    from ministack.services import dynamodb, lambda_svc  # noqa: PLC0415 - the same

    journal = (load_state(TABLES) or {}).get(JOURNAL, {})
    for where in _positions():
        lambda_svc._dynamodb_stream_positions.set_scoped(*where, 0)  # noqa: SLF001 - no door
    for table in journal.get("tables", []):
        where = (table["account"], table["region"], table["name"])
        dynamodb._stream_trimmed.set_scoped(*where, table["first"])  # noqa: SLF001 - no door
        dynamodb._stream_records.set_scoped(*where, table["records"])  # noqa: SLF001 - no door
    for reader in journal.get("readers", []):
        where = (reader["account"], reader["region"], reader["id"])
        lambda_svc._dynamodb_stream_positions.set_scoped(*where, reader["position"])  # noqa: SLF001 - no door
    _readdress_queues()


def _readdress_queues() -> None:
    """A queue is known by its URL, and after a start at another port the engine looks for the new
    one: messages would lie in queues that nobody reads."""
    from ministack.services import sqs  # noqa: PLC0415 - reads the environment

    for (account, region, old), queue in list(sqs._queues.all_items()):  # noqa: SLF001 - no door
        url = sqs._queue_url_for_account(account, queue["name"])  # noqa: SLF001 - no door
        if url != old:
            sqs._queues.set_scoped(account, region, url, {**queue, "url": url})  # noqa: SLF001 - no door
            sqs._queues.pop_scoped(account, region, old)  # noqa: SLF001 - no door
    sqs._rebuild_queue_name_index()  # noqa: SLF001 - no door


def _journal(positions: Positions) -> dict[str, Any]:
    from ministack.services import dynamodb  # noqa: PLC0415 - reads the environment

    tables = []
    for (account, region, name), first in _first_needed(positions).items():
        start = dynamodb.stream_start_position(name, account_id=account, region=region)
        live = dynamodb.stream_live_records(name, account_id=account, region=region)
        tables.append(
            {
                "account": account,
                "region": region,
                "name": name,
                "first": max(first, start),
                "records": list(live[max(first - start, 0) :]),
            }
        )
    readers = [
        {"account": account, "region": region, "id": reader, "position": position}
        for (account, region, reader), position in positions.items()
    ]
    return {"tables": tables, "readers": readers}


def _first_needed(positions: Positions) -> dict[tuple[str, str, str], int]:
    """By table, the oldest record that some reader has not had."""
    from ministack.services import lambda_svc  # noqa: PLC0415 - reads the environment

    first: dict[tuple[str, str, str], int] = {}
    for (account, region, reader), mapping in lambda_svc._esms.all_items():  # noqa: SLF001 - no door
        table = _table_of(mapping.get("EventSourceArn", ""))
        if table:
            position = positions.get((account, region, reader), 0)
            where = (account, region, table)
            first[where] = min(first.get(where, position), position)
    return first


def _stack_in_progress() -> bool:
    from ministack.services import cloudformation  # noqa: PLC0415 - reads the environment

    stacks = cloudformation._stacks.all_values()  # noqa: SLF001 - no door
    return any(stack.get("StackStatus", "").endswith("_IN_PROGRESS") for stack in stacks)


def _positions() -> Positions:
    from ministack.services import lambda_svc  # noqa: PLC0415 - reads the environment

    return dict(lambda_svc._dynamodb_stream_positions.all_items())  # noqa: SLF001 - no door


def _table_of(arn: str) -> str:
    parts = arn.split(":", STREAM_ARN_PARTS - 1)
    if len(parts) < STREAM_ARN_PARTS or parts[2] != "dynamodb":
        return ""
    return parts[-1].split("/")[1]


def _plain(state: Any) -> Any:
    """The engine's scoped dictionaries compare by identity; what is in them compares by value."""
    if isinstance(state, dict):
        return {key: getattr(value, "_data", value) for key, value in state.items()}
    return state
