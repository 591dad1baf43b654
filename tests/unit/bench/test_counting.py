"""What a request counts as, and what a prescription's use costs: arithmetic, no measurement."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from bench import counting
from bench.plan import Wanted
from bench.proxy import caller_of
from bench.results import Result, table
from bench.usage import Count
from local.demo.cost import Call, call_of
from local.demo.prices import READ_UNIT, Usage

SIGNED = "AWS4-HMAC-SHA256 Credential=test/20261120/us-east-1/{}/aws4_request, SignedHeaders=host"
NOTHING = {
    "transitions": 0,
    "calls": 0,
    "gb_s": 0.0,
    "events": 0,
    "write_units": 0,
    "read_units": 0,
    "requests": 0,
}
REPORT = (
    "REPORT RequestId: 1f\tDuration: 41.5 ms\tBilled Duration: 42.0 ms\t"
    "Memory Size: 512 MB\tMax Memory Used: 90 MB"
)


@pytest.mark.parametrize(
    ("used", "dollars_per_million"),
    [
        ({"transitions": 14}, 350.0),
        ({"calls": 10}, 2.0),
        ({"gb_s": 3.0}, 40.0002),
        ({"write_units": 8}, 5.0),
        ({"read_units": 8}, 1.0),
        ({"requests": 2}, 7.0),
        ({"events": 3}, 3.0),
        ({"s3_writes": 2, "s3_reads": 5}, 12.0),
    ],
)
def test_every_item_is_billed_at_its_list_price(
    used: dict[str, float], dollars_per_million: float
) -> None:
    usage = Usage(**{**NOTHING, **used})
    assert usage.dollars * 1e6 == pytest.approx(dollars_per_million)


def test_the_lines_add_up_to_the_bill() -> None:
    usage = Usage(**{**NOTHING, "transitions": 14, "calls": 60, "write_units": 200})
    assert sum(dollars for _, dollars in usage.lines()) == pytest.approx(usage.dollars)


@pytest.mark.parametrize(
    ("method", "headers", "expected"),
    [
        ("POST", {"x-amz-target": "DynamoDB_20120810.PutItem"}, ("dynamodb", "PutItem")),
        ("POST", {"x-amz-target": "AWSEvents.PutEvents"}, ("events", "PutEvents")),
        ("PUT", {"authorization": SIGNED.format("s3")}, ("s3", "write")),
        ("GET", {"authorization": SIGNED.format("s3")}, ("s3", "read")),
        ("POST", {"content-type": "multipart/form-data; boundary=x"}, ("s3", "write")),
        ("POST", {"authorization": SIGNED.format("ses")}, ("ses", "POST")),
        ("GET", {}, ("other", "GET")),
    ],
)
def test_a_request_says_which_service_it_asks_for_what(
    method: str, headers: dict[str, str], expected: tuple[str, str]
) -> None:
    assert counting.operation(method, headers) == expected


def test_only_dynamodb_is_asked_for_its_capacity() -> None:
    asked = json.loads(counting.asking_for_capacity("dynamodb", b'{"TableName": "orders"}'))
    assert asked == {"TableName": "orders", "ReturnConsumedCapacity": "TOTAL"}
    assert counting.asking_for_capacity("events", b"{}") == b"{}"


@pytest.mark.parametrize(
    ("consumed", "units"),
    [
        ({"TableName": "orders", "CapacityUnits": 3.0}, 3.0),
        ([{"CapacityUnits": 6.0}, {"CapacityUnits": 2.0}], 8.0),
    ],
)
def test_write_units_are_the_engines_own_indexes_included(consumed: object, units: float) -> None:
    answered = json.dumps({"ConsumedCapacity": consumed}).encode()
    assert counting.units("PutItem", b"{}", answered) == Counter({counting.WRITE_UNITS: units})


@pytest.mark.parametrize(
    ("size", "consistent", "units"),
    [(0, True, 1.0), (4000, True, 1.0), (4097, True, 2.0), (4097, False, 1.0), (9000, False, 1.5)],
)
def test_reads_are_paid_by_the_four_kilobytes_begun(
    size: int, consistent: bool, units: float
) -> None:
    asked = json.dumps({"ConsistentRead": consistent}).encode()
    answered = json.dumps({"Item": {"": {"S": "x" * size}}} if size else {}).encode()
    assert counting.units("GetItem", asked, answered) == Counter({counting.READ_UNITS: units})


def test_a_batch_is_paid_item_by_item() -> None:
    wanted = {"Keys": [{}, {}], "ConsistentRead": True}
    asked = json.dumps({"RequestItems": {"orders": wanted}}).encode()
    items = [{"": {"S": "x" * size}} for size in (10, 5000)]
    answered = json.dumps({"Responses": {"orders": items}}).encode()
    assert counting.units("BatchGetItem", asked, answered) == Counter({counting.READ_UNITS: 3.0})


def test_what_a_batch_does_not_find_is_paid_as_well() -> None:
    asked = json.dumps({"RequestItems": {"orders": {"Keys": [{}] * 5}}}).encode()
    answered = json.dumps({"Responses": {"orders": [{"": {"S": "x"}}]}}).encode()
    assert counting.units("BatchGetItem", asked, answered) == Counter({counting.READ_UNITS: 2.5})


@pytest.mark.parametrize(
    ("action", "asked", "units"),
    [
        ("PutItem", {"Item": {"": {"S": "x" * 1500}}}, 2),
        ("UpdateItem", {"Key": {}}, 1),
        ("TransactWriteItems", {"TransactItems": [{"Put": {"Item": {}}}, {"Delete": {}}]}, 4),
    ],
)
def test_a_refused_write_is_paid_as_well(action: str, asked: object, units: int) -> None:
    sent = json.dumps(asked).encode()
    lost = b'{"__type": "com.amazonaws.dynamodb#ConditionalCheckFailedException"}'
    assert counting.refused_units(action, sent, lost) == Counter({counting.WRITE_UNITS: units})
    assert counting.refused_units(action, sent, b'{"__type": "ThrottlingException"}') == Counter()


def test_an_event_counts_once_for_every_64_kilobytes_begun() -> None:
    asked = json.dumps({"Entries": [{"Detail": "small"}, {"Detail": "x" * 70_000}]}).encode()
    assert counting.entries("PutEvents", asked) == 3
    assert counting.entries("ListRules", asked) == 0


def test_a_report_line_tells_the_function_its_billed_time_and_its_memory() -> None:
    group = "/aws/lambda/pharmonico-embedded-open_wait"
    assert call_of(group, REPORT) == Call("open_wait", 42.0, 512)
    assert call_of(group, "START RequestId: 1f") is None


def test_a_function_is_billed_for_its_cpu_at_its_share_and_for_its_trips() -> None:
    calls = [Call("audit", 900.0, 512), Call("audit", 1.0, 512)]
    tally = Counter({f"{counting.TRIPS_OF}audit": 4})
    count = Count(tally, 14, calls, {"audit": 0.01})
    seconds = 0.01 * 1769 / 512 + 4 * 0.006
    assert count.billed_s("audit") == pytest.approx(seconds)
    assert count.usage.gb_s == pytest.approx(seconds / 2)


def test_what_the_simulated_payer_uses_is_told_apart() -> None:
    calls = [Call("adjudicate", 1.0, 512), Call("payer_simulator", 1.0, 512)]
    tally = Counter(
        {
            counting.WRITE_UNITS: 12,
            f"{counting.WRITES_OF}payer_simulator": 4,
            counting.READ_UNITS: 9.0,
            f"{counting.READS_OF}payer_simulator": 2.0,
        }
    )
    count = Count(tally, 9, calls, {"adjudicate": 0.1, "payer_simulator": 0.5})
    assert (count.usage.calls, count.usage.write_units, count.usage.read_units) == (1, 8, 7.0)
    assert count.usage.gb_s == pytest.approx(0.1 * 1769 / 512 / 2)
    whole = Usage(**{**NOTHING, "calls": 1, "gb_s": 0.5 * 1769 / 512 / 2, "write_units": 4})
    assert count.theirs == pytest.approx(whole.dollars + 2 * READ_UNIT)


def test_more_memory_than_one_processor_does_not_compute_faster() -> None:
    count = Count(Counter(), 14, [Call("route", 1.0, 3538)], {"route": 0.1})
    assert count.billed_s("route") == pytest.approx(0.1)


def test_a_functions_own_address_is_taken_off_its_path() -> None:
    assert caller_of(b"/_of/audit/") == ("audit", b"/")
    assert caller_of(b"/_of/ship/labels/key.pdf?x=1") == ("ship", b"/labels/key.pdf?x=1")
    assert caller_of(b"/cards") == ("nobody", b"/cards")


def test_calls_of_api_functions_are_the_apis_requests() -> None:
    calls = [Call("intake", 1.0, 1024), Call("audit", 1.0, 512), Call("webhook_stripe", 1.0, 512)]
    tally = Counter({"dynamodb.PutItem": 4, "dynamodb.GetItem": 5, "s3.write": 2})
    count = Count(tally, 14, calls, {})
    assert (count.usage.requests, count.usage.calls) == (2, 3)
    assert (count.figures["ddb_trips"], count.figures["s3_calls"]) == (9, 2)


@pytest.mark.parametrize(
    ("value", "better", "verdict"),
    [(14, "lower", "ok"), (15, "lower", "OVER"), (14, "higher", "ok"), (13, "higher", "UNDER")],
)
def test_a_figure_is_judged_by_its_target(value: float, better: str, verdict: str) -> None:
    assert Result("x", value, "n", 14.0, better).verdict == verdict  # type: ignore[arg-type] # one of two words
    assert verdict in table([Result("x", value, "n", 14.0, better)])  # type: ignore[arg-type] # the same


def test_a_prefix_asks_for_its_figures_and_for_the_groups_they_are_in() -> None:
    wanted = Wanted("warm_cpu_ms.ship")
    assert wanted("warm_cpu_ms.ship")
    assert wanted("warm_cpu_ms.ship.sdk")
    assert not wanted("warm_cpu_ms.route")
    assert not wanted("init_cpu_ms.ship")
    assert Wanted()("anything")
