"""What the local cloud asks of an engine; all take the same synthesised template."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from local.place import Place
    from local.ports import Ports


class LocalEngine(Protocol):
    """AWS's services on this machine, by one program or by several that stand for one."""

    @property
    def name(self) -> str:
        """What `--engine` and ENGINE call it."""

    @property
    def version(self) -> str:
        """The version of the program that answers."""

    @property
    def stage(self) -> str:
        """The stage of `infra_cdk/stages.py` that is deployed to it."""

    @property
    def keeps_data(self) -> bool:
        """Whether prescriptions survive its end and its next start."""

    @property
    def parts(self) -> tuple[str, ...]:
        """Its background processes, as `Ports` names them; the one called engine is the door."""

    @property
    def inherits(self) -> tuple[str, ...]:
        """Those of its parts that serve on a socket which listens already."""

    def running(self, place: Place, part: str) -> bool:
        """Whether the part lives."""

    def start(
        self,
        place: Place,
        ports: Ports,
        *,
        listeners: Mapping[str, int],
        say: Callable[[str], None],
    ) -> bool:
        """Start what does not live; says whether the engine itself was started.

        Raises LocalError with the one line that says what to do.
        """

    def stop(self, place: Place) -> list[str]:
        """End all that lives; says which parts that were."""

    def answers(self, ports: Ports) -> bool:
        """Whether it takes requests."""

    def endpoints(self, ports: Ports) -> dict[str, str]:
        """Addresses of services that the door itself does not answer, by boto3's names.

        `cognito-idp` among them means that the user pool is deployed there, and that the rest of
        the deployment is told its issuer by the stage's settings.
        """

    def seen_by_functions(self, url: str) -> str:
        """An address of this machine as functions must call it."""
