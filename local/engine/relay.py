"""`relay.py HOST PORT…`: lend this machine's loopback ports to one other address of it.

Runs inside a container that has nothing but Python, so it imports nothing of ours. Containers on
a bridge network know this machine by an address of its own, at which nothing of ours listens.
"""

import asyncio
import contextlib
import errno
import socket
import sys

LOOPBACK = "127.0.0.1"
CHUNK_BYTES = 65_536


async def main(host: str, ports: list[int]) -> None:
    """Serve until the process is ended."""
    address = socket.gethostbyname(host)
    try:
        servers = [await relay(address, port, to=(LOOPBACK, port)) for port in ports]
    except OSError as error:
        if error.errno != errno.EADDRNOTAVAIL:
            raise
        print(f"{address} is not of this machine: it leads to loopback by itself", flush=True)
        await asyncio.Event().wait()
        return
    print(f"lending {ports} of {LOOPBACK} to {address}", flush=True)
    await asyncio.gather(*(server.serve_forever() for server in servers))


async def relay(address: str, port: int, *, to: tuple[str, int]) -> asyncio.Server:
    """Listen at the address; every connection is one to the target."""

    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            far_reader, far_writer = await asyncio.open_connection(*to)
        except OSError:
            writer.close()  # nothing listens there yet: the caller finds the line cut
            return
        await asyncio.gather(_pour(reader, far_writer), _pour(far_reader, writer))
        writer.close()
        far_writer.close()

    return await asyncio.start_server(meet, address, port)


async def _pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Hand on what comes, and then its end; a line that breaks has ended too."""
    with contextlib.suppress(OSError):
        while chunk := await reader.read(CHUNK_BYTES):
            writer.write(chunk)
            await writer.drain()
    with contextlib.suppress(OSError):
        writer.write_eof()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], [int(port) for port in sys.argv[2:]]))
