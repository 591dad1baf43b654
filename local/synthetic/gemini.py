"""Gemini, asked through Google's SDK; imported only when somebody wants it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local.environment import given
from local.place import LocalError

if TYPE_CHECKING:
    from pydantic import BaseModel

KEY, NAME = "GEMINI_API_KEY", "GEMINI_MODEL"
LATEST = "gemini-flash-latest"
TIMEOUT_MS = 60_000
TRIES = 3


class Gemini:
    """One model behind the Gemini Developer API; an outage is tried again by the SDK itself."""

    def __init__(self, key: str, *, name: str = LATEST) -> None:
        from google import genai  # noqa: PLC0415 - it takes a second, and few ask for it

        options = genai.types.HttpOptions(
            timeout=TIMEOUT_MS, retry_options=genai.types.HttpRetryOptions(attempts=TRIES)
        )
        self._name = name
        self._client = genai.Client(api_key=key, http_options=options)

    def answer(self, prompt: str, shape: type[BaseModel]) -> str:
        """JSON of the shape; `LocalError` for a key that is refused, a limit or an outage."""
        from google.genai import errors, types  # noqa: PLC0415 - as above

        config = types.GenerateContentConfig(
            response_mime_type="application/json",
            response_json_schema=shape.model_json_schema(),
            temperature=1.0,
        )
        try:
            said = self._client.models.generate_content(
                model=self._name, contents=prompt, config=config
            )
        except errors.APIError as error:
            raise LocalError(f"Gemini answered {error.code}: {error.message}") from error
        return said.text or ""


def gemini() -> Gemini:
    """The model that the environment names; `LocalError` without a key."""
    key = given(KEY)
    if not key:
        raise LocalError(f"set {KEY} to a key of the Gemini API, or leave --gemini away")
    return Gemini(key, name=given(NAME) or LATEST)
