"""Which engine runs is chosen by name; each has a data folder and a stage of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from infra_cdk.stages import STAGES
from local import cli
from local.aws import Engine
from local.engine.registry import ENGINES, engine_named, engine_of, place_of
from local.place import LocalError, Place

if TYPE_CHECKING:
    from pathlib import Path


def test_every_engine_has_a_stage_of_its_own_that_is_local() -> None:
    stages = [engine.stage for engine in ENGINES.values()]
    assert len(set(stages)) == len(stages)
    assert all(STAGES[stage].local for stage in stages)


def test_every_engine_is_known_by_its_name_and_version() -> None:
    assert {name: engine.name for name, engine in ENGINES.items()} == {
        name: name for name in ENGINES
    }
    assert all(engine.version[:1].isdigit() for engine in ENGINES.values())
    assert all("engine" in engine.parts for engine in ENGINES.values())


def test_nobody_named_means_the_embedded_one_in_the_folder_itself(tmp_path: Path) -> None:
    assert place_of("", data=tmp_path) == Place(tmp_path, "ministack")
    assert engine_of(Place(tmp_path)).stage == "embedded"


def test_engines_never_share_a_folder(tmp_path: Path) -> None:
    folders = {place_of(name, data=tmp_path).data for name in ENGINES}
    assert len(folders) == len(ENGINES)
    assert all(folder.is_relative_to(tmp_path) for folder in folders)


def test_an_unknown_name_is_one_line_with_the_names_there_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(LocalError, match="choose one of ministack"):
        engine_named("moto")
    assert cli.main(["--data", str(tmp_path), "--engine", "moto", "status"]) == 1
    monkeypatch.setenv("ENGINE", "floci")
    assert cli.main(["--data", str(tmp_path), "status"]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert [line.split(":")[1] for line in lines] == [" no engine 'moto'", " no engine 'floci'"]


def test_a_service_may_answer_elsewhere() -> None:
    engine = Engine("http://127.0.0.1:1", elsewhere={"cognito-idp": "http://127.0.0.1:2"})
    assert engine.client("cognito-idp").meta.endpoint_url == "http://127.0.0.1:2"
    assert engine.client("s3").meta.endpoint_url == "http://127.0.0.1:1"
