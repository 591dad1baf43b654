"""The relay that lends loopback ports to the address containers know this machine by."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from local.engine.relay import relay

RELAY = Path(__file__).parents[3] / "local" / "engine" / "relay.py"
OWN = "127.0.0.1"
LONG = b"x" * 1_000_000
NOT_OURS = "192.0.2.1"  # documentation's own network


async def ask(port: int, question: bytes) -> bytes:
    """Send all, say so, and read to the end."""
    reader, writer = await asyncio.open_connection(OWN, port)
    writer.write(question)
    writer.write_eof()
    answer = await reader.read()
    writer.close()
    return answer


async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answers once the question has ended."""
    writer.write(b"heard " + await reader.read())
    await writer.drain()
    writer.close()


def port_of(server: asyncio.Server) -> int:
    return int(server.sockets[0].getsockname()[1])


def test_what_is_asked_there_is_answered_from_loopback() -> None:
    async def run() -> list[bytes]:
        async with (
            await asyncio.start_server(echo, OWN, 0) as served,
            await relay(OWN, 0, to=(OWN, port_of(served))) as lent,
        ):
            return await asyncio.gather(*(ask(port_of(lent), word) for word in (b"one", LONG)))

    assert asyncio.run(run()) == [b"heard one", b"heard " + LONG]


def test_a_port_nobody_listens_at_cuts_the_line_and_is_lent_again_later() -> None:
    async def run() -> tuple[bytes, bytes]:
        async with await asyncio.start_server(echo, OWN, 0) as served:
            port = port_of(served)
        async with await relay(OWN, 0, to=(OWN, port)) as lent:
            before = await ask(port_of(lent), b"")
            async with await asyncio.start_server(echo, OWN, port):
                return before, await ask(port_of(lent), b"two")

    assert asyncio.run(run()) == (b"", b"heard two")


@pytest.mark.parametrize(
    ("host", "said"), [(OWN, f"to {OWN}"), (NOT_OURS, "leads to loopback by itself")]
)
def test_it_runs_on_python_alone_and_says_what_it_does(host: str, said: str) -> None:
    command = [sys.executable, "-I", "-S", str(RELAY), host, "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        process.terminate()
    assert said in line
