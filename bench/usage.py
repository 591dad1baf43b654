"""What one prescription used, put together from the proxy, the engine's records and the kernel.

How long a function is billed here says more about this machine than about Lambda, so its billed
time is worked out: the CPU it used, at the share of a processor its memory gets, and `TRIP_S` for
every call to AWS. Waiting for partners (Stripe, Shippo, payer, mail) is theirs and told apart, and
so is what the simulated payer uses: no deployment beside real payers has one.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bench import counting
from infra_cdk.functions import ALL, APIS
from local.demo.cost import MB_PER_GB, queue_requests
from local.demo.prices import LAMBDA_GB_S, PER, SECRET_CALL, Usage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from local.demo.cost import Call

API_FUNCTIONS = {spec.name for spec in APIS}
SIMULATORS = {spec.name for spec in ALL if spec.kind == "simulator"}
TRIP_S = 0.006  # assumed: DynamoDB, EventBridge, S3 in the same region, a transaction a little more
MB_PER_CPU = 1769  # Lambda: a whole processor comes with this much memory


@dataclass(frozen=True)
class Count:
    """What one prescription used; `cpu_s` is by function, over all its calls."""

    tally: Counter[str]
    transitions: int
    calls: Sequence[Call]
    cpu_s: Mapping[str, float]

    @property
    def memory_mb(self) -> dict[str, int]:
        return {call.function: call.mb for call in self.calls}

    def billed_s(self, function: str) -> float:
        """CPU at the share its memory buys, and the trips."""
        share = min(1.0, self.memory_mb[function] / MB_PER_CPU)
        trips = self.tally[f"{counting.TRIPS_OF}{function}"]
        return self.cpu_s.get(function, 0.0) / share + trips * TRIP_S

    @property
    def ours(self) -> Count:
        """Without what the simulators used."""
        tally = self.tally.copy()
        for name in SIMULATORS:
            tally[counting.WRITE_UNITS] -= tally[f"{counting.WRITES_OF}{name}"]
            tally[counting.READ_UNITS] -= tally[f"{counting.READS_OF}{name}"]
        calls = [call for call in self.calls if call.function not in SIMULATORS]
        return replace(self, tally=tally, calls=calls)

    @property
    def theirs(self) -> float:
        """Dollars of what the simulators used."""
        return _used(self).dollars - self.usage.dollars

    @property
    def usage(self) -> Usage:
        """In the terms of the price list, the simulators left out."""
        return _used(self.ours)

    @property
    def gb_s(self) -> float:
        return sum(self.billed_s(name) * mb / MB_PER_GB for name, mb in self.memory_mb.items())

    def service(self, name: str) -> int:
        """Requests to one service, the simulators' among them."""
        return sum(count for key, count in self.tally.items() if key.startswith(f"{name}."))

    @property
    def figures(self) -> dict[str, float]:
        """What is kept of it, by name."""
        usage = self.usage
        return {
            "transitions": usage.transitions,  # states entered, as the execution's history has them
            "lambda_calls": usage.calls,
            "lambda_cpu_ms": sum(
                cpu_s for name, cpu_s in self.cpu_s.items() if name not in SIMULATORS
            )
            * 1000,
            "lambda_gb_s": usage.gb_s,
            "ddb_trips": self.service("dynamodb"),
            "ddb_write_units": usage.write_units,
            "ddb_read_units": usage.read_units,
            "s3_calls": self.service("s3"),
            "events": usage.events,
            "api_requests": usage.requests,
            "queue_requests": usage.queue_requests,
            "secret_reads": self.service("secretsmanager"),
        }


def _used(count: Count) -> Usage:
    return Usage(
        transitions=count.transitions,
        calls=len(count.calls),
        gb_s=count.gb_s,
        events=count.tally[counting.EVENT_ENTRIES],
        write_units=count.tally[counting.WRITE_UNITS],
        read_units=count.tally[counting.READ_UNITS],
        requests=sum(call.function in API_FUNCTIONS for call in count.calls),
        queue_requests=queue_requests(count.calls),
        s3_writes=count.tally["s3.write"],
        s3_reads=count.tally["s3.read"],
    )


UNITS = {"lambda_cpu_ms": "ms", "lambda_gb_s": "GB-s"}
NAMES = tuple(Count(Counter(), 0, (), {}).figures)


def explanation(count: Count) -> str:
    """The formula, line by line, and what goes into it."""
    lines = ["", "  One prescription at list price (us-east-1): units x price"]
    for words, dollars in (*count.usage.lines(), ("together", count.usage.dollars)):
        lines.append(f"    {words:52} ${dollars * PER:8.4f} per {PER}")
    secrets = count.service("secretsmanager")
    lines += [
        "    every message to a queue counted as a batch of its own, which is the most it can be",
        "    apart: logs and messages",
        f"    apart: the simulated payer, ${count.theirs * PER:.4f}: none stands beside real ones",
        f"    apart: Secrets Manager, {secrets} reads, ${secrets * SECRET_CALL * PER:.4f}",
        f"    apart: a second of waiting for partners at 512 MB, ${LAMBDA_GB_S / 2 * PER:.4f}",
        f"    Lambda is billed CPU / (MB / {MB_PER_CPU}) + AWS calls x {TRIP_S * 1000:g} ms:",
        f"      {', '.join(_functions(count))}",
        "    The functions asked AWS for:",
        f"      {', '.join(f'{key} {value:g}' for key, value in sorted(count.tally.items()))}",
        "",
    ]
    return "\n".join(lines)


def _functions(count: Count) -> list[str]:
    called = Counter(call.function for call in count.calls)
    return [
        f"{name} {called[name]} x {count.billed_s(name) / called[name] * 1000:.0f} ms x {mb} MB"
        for name, mb in sorted(count.memory_mb.items())
    ]
