"""LocalStack's gateway on a socket that listens already, at loopback alone.

Its own server listens on all interfaces, whatever GATEWAY_LISTEN says, and only once it is up:
until then another engine could take the port.
"""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING, Any

from localstack.runtime.server.plugins import RuntimeServerPlugin
from localstack.runtime.server.twisted import TwistedRuntimeServer
from rolo.serving.twisted import TwistedGateway
from twisted.internet import reactor

from local.localstack_host.settings import settings

if TYPE_CHECKING:
    from localstack.config import HostAndPort
    from rolo.gateway import Gateway


class InheritedServer(TwistedRuntimeServer):
    """Plain HTTP: nobody asks this gateway by TLS."""

    def register(self, gateway: Gateway, listen: list[HostAndPort], _: Any = None) -> None:
        """Serve on the socket of whoever started the engine."""
        told = settings().listener
        listener = socket.socket(fileno=told) if told is not None else _bound(listen[0])
        listener.setblocking(False)
        reactor.adoptStreamPort(listener.fileno(), listener.family, TwistedGateway(gateway))
        listener.detach()

    def shutdown(self) -> None:
        """Nothing is kept here: once the services have stopped, nobody is waited for."""
        os._exit(0)


class InheritedServerPlugin(RuntimeServerPlugin):
    """How LocalStack finds it: GATEWAY_SERVER=inherited."""

    name = "inherited"

    def load(self, *_: Any, **__: Any) -> InheritedServer:
        """The one server of this process."""
        return InheritedServer()


def _bound(address: HostAndPort) -> socket.socket:
    return socket.create_server((address.host, address.port))
