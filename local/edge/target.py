"""Where the edge finds the API and the sites: the deployment's outputs, read again when written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from local.place import read_json

if TYPE_CHECKING:
    from pathlib import Path


@dataclass
class Target:
    """The engine, and what is deployed on it right now."""

    engine_url: str
    outputs_file: Path
    identity_url: str = ""
    _read: tuple[int, dict[str, str]] = field(default=(0, {}), init=False)

    def api_url(self) -> str | None:
        """The API's base, or nothing while no API is deployed."""
        outputs = self._outputs()
        if "ApiId" not in outputs:
            return None
        stage = outputs.get("ApiStage", "live")
        return f"{self.engine_url}/_aws/execute-api/{outputs['ApiId']}/{stage}"

    def payer_url(self) -> str | None:
        """Where the deployed payer takes claims, or nothing while there is none."""
        api = self.api_url()
        return f"{api}/payer/claims" if api and "PayerTable" in self._outputs() else None

    def provider_token(self) -> str | None:
        """An access token of the provider's system, or nothing while there is none."""
        outputs = self._outputs()
        if "ProviderClientId" not in outputs:
            return None
        from local.aws import Engine  # noqa: PLC0415 - brings the SDK, which the edge can do without
        from local.tokens import provider_token  # noqa: PLC0415 - the same

        elsewhere = {"cognito-idp": self.identity_url} if self.identity_url else {}
        return provider_token(Engine(self.engine_url, elsewhere), outputs)

    def bucket(self, site: str) -> str | None:
        """The site's bucket, or nothing while the site is not deployed."""
        return self._outputs().get(f"{site.capitalize()}Bucket")

    def _outputs(self) -> dict[str, str]:
        try:
            written = self.outputs_file.stat().st_mtime_ns
        except FileNotFoundError:
            return {}
        if written != self._read[0]:
            self._read = (written, read_json(self.outputs_file))
        return self._read[1]
