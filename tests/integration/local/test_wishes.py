"""A developer's own settings of the stage are laid over what the machine says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from infra_cdk.stages import stage_named
from local.cloud import write_settings
from local.place import LocalError, Place, read_json
from local.ports import Ports

if TYPE_CHECKING:
    from pathlib import Path

PORTS = Ports(engine=4566, sandbox=8090, edge=8080)


def test_a_wish_reaches_the_stage_and_the_addresses_stay(tmp_path: Path) -> None:
    place = Place(tmp_path)
    place.wishes.write_text('{"tokens_url": "redis://127.0.0.1:6379/0", "dispense": "manual"}')
    write_settings(place, PORTS)
    stage = stage_named("embedded", read_json(place.settings))
    assert (stage.tokens_url, stage.dispense) == ("redis://127.0.0.1:6379/0", "manual")
    assert stage.api_url == "http://127.0.0.1:8080"


def test_without_wishes_the_stage_is_as_it_is(tmp_path: Path) -> None:
    place = Place(tmp_path)
    write_settings(place, PORTS)
    stage = stage_named("embedded", read_json(place.settings))
    assert (stage.tokens_url, stage.dispense) == ("", "auto")


@pytest.mark.parametrize("text", ["[]", "{tokens_url", '"redis"'])
def test_a_mistaken_file_is_named_and_not_passed_over(tmp_path: Path, text: str) -> None:
    place = Place(tmp_path)
    place.wishes.write_text(text)
    with pytest.raises(LocalError, match=r"stage\.json"):
        write_settings(place, PORTS)
