"""The sandbox and the receiver of its webhooks, shared with the sandbox's own tests."""

from tests.integration.sandbox.conftest import Receiver, Sandbox, receiver, running, sandbox

__all__ = ["Receiver", "Sandbox", "receiver", "running", "sandbox"]
