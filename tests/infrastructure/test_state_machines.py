"""What every state machine of ours keeps to; the engines do not check it."""

from __future__ import annotations

import re
from graphlib import TopologicalSorter
from typing import Any

import jsonata
import pytest

from infra_cdk.constructs.state_machine import PlaceholderMismatch, check_placeholders
from infra_cdk.functions import ALL, COMPENSATIONS, STAGES
from tests.infrastructure.machines import (
    MACHINES,
    State,
    expressions,
    states,
    straight_way,
    targets,
    tasks,
    waits,
)

TRANSITIONS_MAX = 9
DAY_S = 86_400
WAIT_DAYS = {
    "AwaitEnrollment": 7,
    "AwaitSelection": 14,
    "AwaitPayment": 7,
    "AwaitDispense": 14,
    "AwaitDelivery": 30,
}
PAYLOAD = {
    *("prescription_id", "run", "execution", "correlation_id"),
    *("wait", "token", "machine", "step", "error", "cause"),
}
BUSINESS = {"WaitExpired", "States.Timeout", "Cancelled", "Superseded"}
# A filter or a higher-order function yields a scalar for one match and nothing for none.
LISTING = re.compile(r"\[(?!\s*\d+\s*\])|\$(filter|map|keys|lookup|distinct|sort|each|spread)\(")
FUNCTION = re.compile(r"\$\{(\w+)\}")


def ids(cases: list[tuple[str, str, State]]) -> list[str]:
    return [f"{machine}.{name}" for machine, name, _ in cases]


def each_of(cases: list[tuple[str, str, State]]) -> Any:
    return pytest.mark.parametrize(("machine", "name", "state"), cases, ids=ids(cases))


def caught(state: State) -> dict[str, str]:
    return {error: each["Next"] for each in state["Catch"] for error in each["ErrorEquals"]}


@each_of(tasks())
def test_every_task_has_a_constant_timeout(machine: str, name: str, state: State) -> None:
    assert isinstance(state["TimeoutSeconds"], int)


@each_of(tasks())
def test_every_task_is_retried_with_jitter(machine: str, name: str, state: State) -> None:
    last = state["Retry"][-1]
    assert (last["ErrorEquals"], last["JitterStrategy"]) == (["States.ALL"], "FULL")
    assert 1 <= last["MaxAttempts"] <= 3


@each_of([each for each in tasks() if each[1] != "RecordFailure"])
def test_every_task_ends_in_a_failure_record_at_last(machine: str, name: str, state: State) -> None:
    assert list(caught(state).items())[-1] == ("States.ALL", "RecordFailure")


@each_of([each for each in tasks() if each not in waits()])
def test_a_task_waits_longer_than_its_function_may_run(
    machine: str, name: str, state: State
) -> None:
    (placeholder,) = FUNCTION.findall(state["Arguments"]["FunctionName"])
    (timeout_s,) = [spec.timeout_s for spec in ALL if spec.resource_id == placeholder]
    assert state["TimeoutSeconds"] > timeout_s


@each_of(waits())
def test_every_wait_runs_out_and_says_where_it_goes_then(
    machine: str, name: str, state: State
) -> None:
    assert state["TimeoutSeconds"] == WAIT_DAYS[name] * DAY_S
    goes = caught(state)
    assert {goes["WaitExpired"], goes["States.Timeout"]} == {"ExpireWait"}
    assert {goes["Cancelled"], goes["Superseded"]} == {"Resting"}


@each_of(waits())
def test_what_people_decided_is_not_retried(machine: str, name: str, state: State) -> None:
    first = state["Retry"][0]
    assert (set(first["ErrorEquals"]), first["MaxAttempts"]) == (BUSINESS, 0)


@each_of(waits())
def test_a_wait_hands_its_token_to_its_opener_only(machine: str, name: str, state: State) -> None:
    payload = state["Arguments"]["Payload"]
    assert payload["token"] == "{% $states.context.Task.Token %}"
    assert payload["wait"] == state["Output"]["wait"] == name.removeprefix("Await").lower()


@each_of(tasks())
def test_only_ids_and_statuses_travel(machine: str, name: str, state: State) -> None:
    assert state["Arguments"]["Payload"].keys() <= PAYLOAD


@each_of([each for each in tasks() if each[1] != "RecordFailure"])
def test_a_failure_names_the_step_to_start_again_at(machine: str, name: str, state: State) -> None:
    (step,) = [each["Output"]["step"] for each in state["Catch"] if each["Next"] == "RecordFailure"]
    assert step in {name, "{% $states.input.step %}"}


@pytest.mark.parametrize("name", MACHINES)
def test_a_machine_is_jsonata(name: str) -> None:
    assert MACHINES[name]["QueryLanguage"] == "JSONata"
    assert not [each for each in states() if "QueryLanguage" in each[2]]


@pytest.mark.parametrize("name", MACHINES)
def test_every_expression_can_be_read(name: str) -> None:
    for expression in expressions(MACHINES[name]):
        jsonata.Jsonata.jsonata(expression)


@pytest.mark.parametrize("name", MACHINES)
def test_every_list_is_wrapped(name: str) -> None:
    listing = [each for each in expressions(MACHINES[name]) if LISTING.search(each)]
    assert [each for each in listing if not (each[0] == "[" and each[-1] == "]")] == []


def test_the_lint_knows_a_list_when_it_sees_one() -> None:
    assert LISTING.search("$states.input.claims[status = 'paid']")
    assert LISTING.search("$filter($states.input.claims, $paid)")
    assert not LISTING.search("$states.input.claims[0].id")


@pytest.mark.parametrize("name", MACHINES)
def test_no_machine_goes_in_circles_or_sleeps(name: str) -> None:
    graph = {state: targets(each) for state, each in MACHINES[name]["States"].items()}
    assert list(TopologicalSorter(graph).static_order())
    assert [each for each in states("Wait") if each[0] == name] == []


@pytest.mark.parametrize("name", MACHINES)
def test_every_state_is_reached_and_every_path_ends(name: str) -> None:
    machine = MACHINES[name]["States"]
    reached, todo = set(), [MACHINES[name]["StartAt"]]
    while todo:
        state = todo.pop()
        reached.add(state)
        todo += [each for each in targets(machine[state]) if each not in reached]
    assert reached == machine.keys()
    ends = {state for state in machine if not targets(machine[state])}
    assert all(machine[end]["Type"] in {"Succeed", "Fail"} or machine[end]["End"] for end in ends)


def test_the_straight_way_is_short() -> None:
    way = straight_way(MACHINES["fulfillment"])
    assert (way[0], way[-1]) == ("Start", "Complete")
    assert len(way) <= TRANSITIONS_MAX


def test_a_prescription_can_be_resumed_at_every_task_of_the_way() -> None:
    machine = MACHINES["fulfillment"]["States"]
    rules = {
        (each["Condition"].split("'")[1], each["Next"])
        for each in machine["Start"]["Choices"]
        if each["Next"] != "UnknownStep"
    }
    way = [
        name for name in straight_way(MACHINES["fulfillment"]) if machine[name]["Type"] == "Task"
    ]
    # What a stage was called before it opened the wait behind it is still what events say.
    assert rules == {*((name, name) for name in way), ("Route", "AwaitSelection")}


@pytest.mark.parametrize(
    ("name", "specs"),
    [("fulfillment", STAGES), ("cancellation", (*COMPENSATIONS, STAGES[-1]))],
)
def test_a_machine_calls_exactly_its_functions(name: str, specs: tuple[Any, ...]) -> None:
    called = set(FUNCTION.findall(str(MACHINES[name])))
    assert called == {spec.resource_id for spec in specs}


def test_a_placeholder_without_a_function_stops_the_synthesis() -> None:
    with pytest.raises(PlaceholderMismatch, match=r"no function for .'Ship'."):
        check_placeholders('{"FunctionName": "${Ship} ${Route}"}', ["Route"])


def test_a_function_without_a_placeholder_stops_the_synthesis() -> None:
    with pytest.raises(PlaceholderMismatch, match=r"no placeholder for .'Ship'."):
        check_placeholders('{"FunctionName": "${Route}"}', ["Route", "Ship"])
