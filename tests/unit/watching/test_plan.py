"""From saved files to what must be brought up to date."""

from __future__ import annotations

from pathlib import Path, PurePath

import pytest

from infra_cdk.functions import ALL
from infra_cdk.paths import ROOT
from local.watching.plan import WATCHED, Plan, faults, plan_of

EVERYBODY = Plan(all_functions=True)


@pytest.mark.parametrize(
    ("path", "plan"),
    [
        ("functions/audit/handler.py", Plan(frozenset({"audit"}))),
        ("functions/system_api/static/docs.html", Plan(frozenset({"system_api"}))),
        ("functions/README.md", Plan()),
        ("layers/pharmonico/python/pharmonico/kit/ids.py", EVERYBODY),
        ("layers/ncpdp/python/ncpdp/script/reading.py", EVERYBODY),
        ("layers/ncpdp/schemas/newrx.json", Plan()),
        ("layers/ncpdp/README.md", Plan()),
        ("infra_cdk/stacks/data.py", Plan(deploy=True)),
        ("statemachines/fulfillment.asl.json", Plan(deploy=True)),
        ("web/ops/index.html", Plan(sites=True)),
        ("web/ops/dist/index.html", Plan()),
        ("local/cloud.py", Plan()),
        ("README.md", Plan()),
    ],
)
def test_each_file_asks_for_the_least_that_shows_it(path: str, plan: Plan) -> None:
    assert plan_of([PurePath(path)]) == plan


def test_what_is_saved_together_is_one_plan() -> None:
    names = ("functions/audit/handler.py", "functions/ship/handler.py", "web/ops/app.js")
    assert plan_of(map(PurePath, names)) == Plan(frozenset({"audit", "ship"}), sites=True)


def test_nothing_to_do_is_no_plan() -> None:
    assert not plan_of([PurePath("layers/ncpdp/README.md")])
    assert plan_of([PurePath("web/ops/index.html")])


def test_every_handler_is_its_functions_and_every_watched_folder_is_there() -> None:
    handlers = (ROOT / "functions").glob("*/handler.py")
    found = plan_of(path.relative_to(ROOT) for path in handlers)
    assert found == Plan(frozenset(spec.name for spec in ALL))
    assert [name for name in WATCHED if not (ROOT / name).is_dir()] == []


def test_a_fault_is_told_with_its_line(tmp_path: Path) -> None:
    broken, whole = tmp_path / "broken.py", tmp_path / "whole.py"
    broken.write_text("x = 1\ndef broken(:\n")
    whole.write_text("x = 1\n")
    text = tmp_path / "page.html"
    text.write_text("def broken(:")
    (found,) = faults([whole, broken, text, tmp_path / "deleted.py"])
    assert found == f"{broken}:2: invalid syntax"


def test_bytes_that_are_no_text_are_told_too(tmp_path: Path) -> None:
    (tmp_path / "null.py").write_bytes(b"x = '\0'\n")
    assert len(faults([tmp_path / "null.py"])) == 1
