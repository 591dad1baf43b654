"""The rounds of `bench.codec`, in a process of their own; prints its figures as JSON."""

from __future__ import annotations

import json
import random
import resource
import statistics
import subprocess
import sys
import time
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ncpdp
from ncpdp.script import NewRx, ScriptMessage

from bench.codec_messages import damaged, newrx, request
from bench.codec_peers import PEERS, by_elementtree, said

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 9
SCRIPT_TIMES, CLAIM_TIMES = 60, 600
IMPORTS = {
    "ncpdp.import_ms": "import ncpdp",
    "ncpdp.import_and_first_parse_ms": "import ncpdp; ncpdp.parse(sys.stdin.buffer.read())",
}
LAYER = Path(ncpdp.__file__).parents[1]


def main() -> None:
    """Measure round by round, so that a busy moment falls on all of them."""
    data, claim = newrx(), request()
    message, sent = ncpdp.parse(data), ncpdp.parse(claim)
    assert isinstance(message, ScriptMessage)  # noqa: S101 - it is our own sample
    _same_job(message, data)
    renamed = replace(message, header=replace(message.header, message_id="EX-2"))
    built, corrected = replace(message, source=None), _corrected(renamed)
    timed: dict[str, tuple[Callable[[], Any], int]] = {
        "elementtree": (lambda: by_elementtree(data), SCRIPT_TIMES),
        "script.parse_us": (lambda: ncpdp.parse(data), SCRIPT_TIMES),
        "script.write_us": (lambda: ncpdp.write(built), SCRIPT_TIMES),
        "script.write_renamed_us": (lambda: ncpdp.write(renamed), SCRIPT_TIMES),
        "script.write_changed_us": (lambda: ncpdp.write(corrected), SCRIPT_TIMES),
        "script.check_us": (lambda: ncpdp.check(message), SCRIPT_TIMES),
        "decode": (lambda: ncpdp.parse(claim), CLAIM_TIMES),
        "encode": (lambda: ncpdp.write(sent), CLAIM_TIMES),
        **{f"peers.{name}_us": (partial(f, data), SCRIPT_TIMES) for name, f in PEERS.items()},
    }
    rounds: dict[str, list[float]] = {name: [] for name in timed}
    for call, _ in timed.values():
        call()  # what is loaded at first use is loaded before anything is measured
    for _ in range(ROUNDS):
        for name, (call, times) in timed.items():
            rounds[name].append(_cpu_us(call, times))
    sys.stdout.write(json.dumps(_figures(rounds, len(data)) | _imports(data) | _slowest()))


def _same_job(message: ScriptMessage, data: bytes) -> None:
    """No peer may be fast by leaving out what ours reads."""
    ours = said(message.header) | said(message.body)
    for name, read in PEERS.items():
        if missed := ours - said(read(data)):
            raise SystemExit(f"{name} does not read {sorted(missed)}")


def _corrected(message: ScriptMessage) -> ScriptMessage:
    """Changes in three places: a new id, another address, and a drug with something more in it."""
    body = message.body
    assert isinstance(body, NewRx)  # noqa: S101 - it is our own sample
    assert body.patient and body.patient.address and body.medication  # noqa: S101, PT018 - the same
    address = replace(body.patient.address, line1="12 Example Rd", postal_code="43202")
    drug = replace(body.medication, number_of_refills="5", note="Call before delivery")
    patient = replace(body.patient, address=address)
    return replace(message, body=replace(body, patient=patient, medication=drug))


def _figures(rounds: dict[str, list[float]], size: int) -> dict[str, Any]:
    tree = rounds.pop("elementtree")
    ratios = [ours / bare for ours, bare in zip(rounds["script.parse_us"], tree, strict=True)]
    decode, encode = ([1e6 / one for one in rounds.pop(name)] for name in ("decode", "encode"))
    found = {name: _figure(values, "us", digits=1) for name, values in rounds.items()}
    return {
        "script.parse_ratio_elementtree": _figure(ratios, "x", digits=2),
        **found,
        "peers.elementtree_us": _figure(tree, "us", digits=1),
        "script.newrx_bytes": {"median": size, "best": size, "unit": "B"},
        "d0.decode_per_cpu_s": _figure(decode, "1/s", digits=0, best=max),
        "d0.encode_per_cpu_s": _figure(encode, "1/s", digits=0, best=max),
    }


def _figure(values: list[float], unit: str, *, digits: int, best: Any = min) -> dict[str, Any]:
    middle = statistics.median(values)
    return {"median": round(middle, digits), "best": round(best(values), digits), "unit": unit}


def _cpu_us(call: Callable[[], Any], times: int) -> float:
    start = time.process_time_ns()
    for _ in range(times):
        call()
    return (time.process_time_ns() - start) / 1000 / times


def _imports(data: bytes) -> dict[str, Any]:
    """CPU of a fresh process, less that of one that imports nothing; .pyc files are there."""
    spent: dict[str, list[float]] = {name: [] for name in IMPORTS}
    for _ in range(ROUNDS):
        bare = _process_ms("", data)
        for name, program in IMPORTS.items():
            spent[name].append(_process_ms(program, data) - bare)
    return {name: _figure(values, "ms", digits=1) for name, values in spent.items()}


def _process_ms(program: str, data: bytes) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    path = f"import sys; sys.path.insert(0, {str(LAYER)!r}); {program}"
    subprocess.run([sys.executable, "-I", "-S", "-c", path], input=data, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000


def _slowest() -> dict[str, Any]:
    """The damaged message that takes longest to be read, written and checked, or refused."""
    times = [_mutation_ms(one) for one in damaged(random.Random(3))]  # noqa: S311 - the same damage each time
    worst = round(max(times), 2)
    return {"script.slowest_mutation_ms": {"median": worst, "best": worst, "unit": "ms"}}


def _mutation_ms(data: bytes) -> float:
    """The better of two tries: the first may have been interrupted by somebody else."""
    return min(_once_ms(data), _once_ms(data))


def _once_ms(data: bytes) -> float:
    start = time.process_time_ns()
    try:
        message = ncpdp.parse(data)
        ncpdp.write(message)
        ncpdp.check(message)
    except ncpdp.NcpdpError:
        pass
    return (time.process_time_ns() - start) / 1e6
