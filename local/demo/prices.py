"""AWS list prices (us-east-1, on demand) and what they make of one prescription's use.

The one place where prices stand; `make bench` fills a `Usage` with what it measured, the demo with
what it can count. Left out on purpose: logs, messages (SES, SMS), and what is paid by the month
rather than by the prescription (storage, keys, alarms).
"""

from __future__ import annotations

from dataclasses import dataclass

MILLION = 1e6
TRANSITION = 25.00 / MILLION
LAMBDA_CALL = 0.20 / MILLION
LAMBDA_GB_S = 0.0000133334  # arm64
EVENT = 1.00 / MILLION  # custom events; deliveries to functions and machines are free
QUEUE_REQUEST = 0.40 / MILLION  # SQS standard
WRITE_UNIT = 0.625 / MILLION
READ_UNIT = 0.125 / MILLION
API_REQUEST = 3.50 / MILLION  # REST API
S3_WRITE = 5.00 / MILLION  # PUT, COPY, POST, LIST
S3_READ = 0.40 / MILLION  # GET and the like; DELETE is free
SECRET_CALL = 5.00 / MILLION
QUEUE_REQUESTS_PER_CALL = 3
"""Sent, received, deleted: one message in a batch of its own, which is the most it can be."""
PER = 1000


@dataclass(frozen=True, kw_only=True)
class Usage:
    """What one prescription used; a basis says in a word where its line's figures come from."""

    transitions: float
    calls: float
    gb_s: float
    events: float
    write_units: float
    read_units: float
    requests: float
    queue_requests: float = 0.0
    s3_writes: float = 0.0
    s3_reads: float = 0.0
    lambda_basis: str = ""
    dynamodb_basis: str = ""

    def lines(self) -> list[tuple[str, float]]:
        """Each item in words, with its dollars."""
        units = f"{self.write_units:g} write and {self.read_units:g} read units"
        return [
            (f"Step Functions, {self.transitions:g} transitions", self.transitions * TRANSITION),
            (
                f"Lambda, {self.calls:g} calls, {self.gb_s:.2f} GB-s{self.lambda_basis}",
                self.calls * LAMBDA_CALL + self.gb_s * LAMBDA_GB_S,
            ),
            (
                f"DynamoDB, {units}{self.dynamodb_basis}",
                self.write_units * WRITE_UNIT + self.read_units * READ_UNIT,
            ),
            (f"API Gateway, {self.requests:g} requests", self.requests * API_REQUEST),
            (f"EventBridge, {self.events:g} events", self.events * EVENT),
            (f"SQS, {self.queue_requests:g} requests", self.queue_requests * QUEUE_REQUEST),
            (
                f"S3, {self.s3_writes:g} writes and {self.s3_reads:g} reads",
                self.s3_writes * S3_WRITE + self.s3_reads * S3_READ,
            ),
        ]

    @property
    def dollars(self) -> float:
        """The sum of the lines, for one prescription."""
        return sum(dollars for _, dollars in self.lines())
