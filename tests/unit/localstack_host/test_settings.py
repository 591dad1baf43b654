"""What the starter tells, the plugins read."""

from __future__ import annotations

from pathlib import Path

import pytest

from local.localstack_host.settings import Settings, settings


@pytest.mark.parametrize("listener", [None, 7])
def test_settings_travel_through_the_environment(
    monkeypatch: pytest.MonkeyPatch, listener: int | None
) -> None:
    told = Settings(
        companion_url="http://127.0.0.1:1",
        python=Path("/usr/bin/python3"),
        packages=Path("packages"),
        scratch=Path("scratch"),
        listener=listener,
    )
    for name, value in told.told().items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    assert settings() == told
    settings.cache_clear()
