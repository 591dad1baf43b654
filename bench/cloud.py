"""A local cloud of the bench's own: as everybody has it, or with its functions counted."""

from __future__ import annotations

import shutil
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import httpx

from bench.packages import FOLDER
from bench.proxy import COUNTS, OWN
from local import processes
from local.cloud import Cloud, bring_down, bring_up
from local.environment import AWS, child_environment
from local.place import LOOPBACK, Place, write_json
from local.ports import is_free, kept_ports

if TYPE_CHECKING:
    from collections.abc import Iterator

PLACE = Place(FOLDER / "cloud")
PROXY = "proxy"
BROWSER = "browser"
PROXY_PORTS = range(4700, 4900)
# Not the usual ones: a cloud that somebody starts meanwhile shall not take them.
WISHED_PORTS = {"engine": 4620, "sandbox": 8190, "edge": 8280}
SCHEDULED = "rate("


@contextmanager
def fresh_cloud() -> Iterator[Cloud]:
    """From nothing, like a user's first `make up`; its data stays for the others."""
    bring_down(PLACE)
    shutil.rmtree(PLACE.data, ignore_errors=True)
    write_json(PLACE.ports, WISHED_PORTS)
    with cold_cloud() as cloud:
        yield cloud


@contextmanager
def cold_cloud() -> Iterator[Cloud]:
    """The same data in new processes: no function has run yet."""
    try:
        yield bring_up(PLACE, port="", say=print)
    finally:
        bring_down(PLACE)


@contextmanager
def counted_cloud() -> Iterator[tuple[Cloud, str]]:
    """The same data, and functions that talk to AWS through the counting proxy."""
    ports = kept_ports(PLACE)
    if ports is None:
        with fresh_cloud() as cloud:
            ports = cloud.ports
    proxy = f"http://{LOOPBACK}:{next(port for port in PROXY_PORTS if is_free(port))}"
    _start_proxy(proxy, engine=ports.engine_url)
    try:
        cloud = bring_up(PLACE, port="", say=print)
        send_through(cloud, proxy)
        silence_schedules(cloud)
        switch_outbox(cloud, on=True)
        yield cloud, proxy
    finally:
        bring_down(PLACE)
        processes.stop(PLACE, PROXY)


def send_through(cloud: Cloud, proxy: str) -> None:
    """Tell every function an address of its own at the proxy, which so knows who is asking.

    Browsers are led there as well: what they post to a bucket is paid like anybody's.
    """
    functions = cloud.engine.client("lambda")
    for function in _functions(cloud):
        name = function["FunctionName"]
        own = f"{proxy}{OWN}{name.rpartition('-')[2]}"
        variables = function["Environment"]["Variables"] | {"AWS_ENDPOINT_URL": own}
        if variables.get("UPLOAD_URL"):
            variables["UPLOAD_URL"] = f"{proxy}{OWN}{BROWSER}"
        functions.update_function_configuration(
            FunctionName=name, Environment={"Variables": variables}
        )


def silence_schedules(cloud: Cloud) -> None:
    """What runs by the clock runs for everybody; it shall not be counted for one."""
    events = cloud.engine.client("events")
    for rule in events.list_rules()["Rules"]:
        if rule.get("ScheduleExpression", "").startswith(SCHEDULED):
            events.disable_rule(Name=rule["Name"])


def switch_outbox(cloud: Cloud, *, on: bool) -> None:
    """Off: no machine takes up what is written to the table. An earlier run may have left it so."""
    functions = cloud.engine.client("lambda")
    for mapping in functions.list_event_source_mappings()["EventSourceMappings"]:
        functions.update_event_source_mapping(UUID=mapping["UUID"], Enabled=on)


def functions_environment(cloud: Cloud) -> dict[str, str]:
    """All functions' variables in one: a name belongs to a resource, so none has two values."""
    names: dict[str, str] = {}
    for function in _functions(cloud):
        names |= function["Environment"]["Variables"]
    return AWS | names | {"AWS_ENDPOINT_URL": cloud.engine.url}


def _functions(cloud: Cloud) -> Iterator[dict[str, Any]]:
    for page in cloud.engine.client("lambda").get_paginator("list_functions").paginate():
        yield from page["Functions"]


def _start_proxy(url: str, *, engine: str) -> None:
    port = url.rpartition(":")[2]
    processes.start(
        PLACE,
        PROXY,
        [sys.executable, "-m", "bench.proxy", "--port", port, "--engine", engine],
        environment=child_environment({}),
        healthy=lambda: _answers(url + COUNTS),
    )


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=2, trust_env=False).is_success
    except httpx.HTTPError:
        return False
