"""The relay that lends loopback ports to the address containers know this machine by."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from local.engine.relay import relay

RELAY = Path(__file__).parents[3] / "local" / "engine" / "relay.py"
LENT, OWN = "127.0.0.2", "127.0.0.1"  # both of loopback, so that two can listen at one port
LONG = b"x" * 1_000_000
NOT_OURS = "192.0.2.1"  # documentation's own network

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="127.0.0.2 is Linux's alone")


async def ask(address: str, port: int, question: bytes) -> bytes:
    """Send all, say so, and read to the end."""
    reader, writer = await asyncio.open_connection(address, port)
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


def test_what_is_asked_there_is_answered_from_loopback() -> None:
    async def run() -> list[bytes]:
        server = await asyncio.start_server(echo, OWN, 0)
        port = server.sockets[0].getsockname()[1]
        async with server, await relay(LENT, port, to=(OWN, port)):
            return await asyncio.gather(*(ask(LENT, port, word) for word in (b"one", LONG)))

    assert asyncio.run(run()) == [b"heard one", b"heard " + LONG]


def test_a_port_nobody_listens_at_cuts_the_line_and_is_lent_again_later() -> None:
    async def run() -> tuple[bytes, bytes]:
        server = await asyncio.start_server(echo, OWN, 0)
        port = server.sockets[0].getsockname()[1]
        server.close()
        await server.wait_closed()
        async with await relay(LENT, port, to=(OWN, port)):
            before = await ask(LENT, port, b"")
            async with await asyncio.start_server(echo, OWN, port):
                return before, await ask(LENT, port, b"two")

    assert asyncio.run(run()) == (b"", b"heard two")


@pytest.mark.parametrize(
    ("host", "said"), [(LENT, f"to {LENT}"), (NOT_OURS, "leads to loopback by itself")]
)
def test_it_runs_on_python_alone_and_says_what_it_does(host: str, said: str) -> None:
    command = [sys.executable, "-I", "-S", str(RELAY), host, "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        process.terminate()
    assert said in line
