"""What is saved reaches a running engine past its stacks, and a deployment takes it back."""

from __future__ import annotations

import json
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from infra_cdk.stages import STAGES, Stage
from local.deploy.mending import mend, note
from local.deploy.stacks import deploy_assembly
from local.place import LocalError
from local.watching import loop
from local.watching.bundle import Bundler
from local.watching.plan import WATCHED
from local.watching.push import push

if TYPE_CHECKING:
    from pathlib import Path

    from local.aws import Engine
    from local.place import Place

STAGE: Stage = STAGES["embedded"]
NAME = STAGE.named("audit")
BUCKET = "cdk-assets-${AWS::AccountId}-${AWS::Region}"
HANDLER = """\
from greeting import WORD


def lambda_handler(event, context):
    return f"{WORD} from version 1"
"""


@dataclass
class Sources:
    """A clone in small: one function, and a layer with what it says."""

    root: Path
    engine: Engine
    place: Place

    def save(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def deploy(self) -> None:
        """As the CDK would write it: the layer by itself, the function's folder alone."""
        assembly = self.place.assembly
        shutil.rmtree(assembly, ignore_errors=True)
        shutil.copytree(self.root / "functions", assembly / "asset.code" / "functions")
        shutil.copytree(self.root / "layers" / "pharmonico", assembly / "asset.layer")
        sources = {"code": "zip", "layer": "zip", "stack.json": "file"}
        files = {
            name: {
                "source": {
                    "path": name if kind == "file" else f"asset.{name}",
                    "packaging": kind,
                },
                "destinations": {"here": {"bucketName": BUCKET, "objectKey": f"watching-{name}"}},
            }
            for name, kind in sources.items()
        }
        address = f"s3://{BUCKET}/watching-stack.json"
        stack = {"templateFile": "stack.json", "stackTemplateAssetObjectUrl": address}
        artifacts = {
            "watching": {"type": "aws:cloudformation:stack", "properties": stack},
            "files": {"type": "cdk:asset-manifest", "properties": {"file": "files.json"}},
        }
        (assembly / "files.json").write_text(json.dumps({"files": files}))
        (assembly / "manifest.json").write_text(json.dumps({"artifacts": artifacts}))
        (assembly / "stack.json").write_text(json.dumps(template()))
        deploy_assembly(self.engine, assembly, say=print)

    def push(self, *names: str) -> int:
        bundler = Bundler(STAGE, functions=self.root / "functions", layers=self.root / "layers")
        return push(names, engine=self.engine, place=self.place, stage=STAGE, bundler=bundler)

    def answer(self) -> str:
        answer = self.engine.client("lambda").invoke(FunctionName=NAME, Payload=b"{}")
        return str(json.loads(answer["Payload"].read()))


def template() -> dict[str, Any]:
    bucket = {"Fn::Sub": BUCKET}
    layer = {"Content": {"S3Bucket": bucket, "S3Key": "watching-layer"}}
    function = {
        "FunctionName": NAME,
        "Runtime": "python3.13",
        "Handler": "functions.audit.handler.lambda_handler",
        "Role": "arn:aws:iam::000000000000:role/any",
        "Code": {"S3Bucket": bucket, "S3Key": "watching-code"},
        "Layers": [{"Ref": "Words"}],
    }
    return {
        "Resources": {
            "Words": {"Type": "AWS::Lambda::LayerVersion", "Properties": layer},
            "Audit": {"Type": "AWS::Lambda::Function", "Properties": function},
        }
    }


@pytest.fixture
def sources(tmp_path: Path, engine: Engine, place: Place) -> Sources:
    made = Sources(tmp_path / "clone", engine, place)
    made.save("functions/audit/handler.py", HANDLER)
    made.save("layers/pharmonico/python/greeting.py", "WORD = 'hello'\n")
    made.deploy()
    return made


def test_a_function_and_a_package_are_changed_in_place_and_a_deployment_takes_both_back(
    sources: Sources,
) -> None:
    assert sources.answer() == "hello from version 1"
    sources.save("functions/audit/handler.py", HANDLER.replace("version 1", "version 2"))
    assert sources.push("audit") == 1
    assert sources.answer() == "hello from version 2"
    sources.save("layers/pharmonico/python/greeting.py", "WORD = 'good day'\n")
    sources.push("audit")
    assert sources.answer() == "good day from version 2"
    assert mend(sources.engine, sources.place) == 1
    assert sources.answer() == "hello from version 1"
    assert mend(sources.engine, sources.place) == 0


def test_a_noted_function_that_no_stack_has_is_let_go(sources: Sources) -> None:
    note(sources.place, ["pharmonico-embedded-gone"])
    sources.push("audit")
    assert mend(sources.engine, sources.place) == 1
    assert sources.answer() == "hello from version 1"


def test_a_function_that_nobody_declared_is_named(sources: Sources) -> None:
    with pytest.raises(LocalError, match="functions/unheard_of was not declared"):
        sources.push("unheard_of")


def test_a_function_that_is_not_deployed_yet_is_named(sources: Sources) -> None:
    with pytest.raises(LocalError, match="not deployed yet: ship"):
        sources.push("audit", "ship")


def test_a_save_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in WATCHED:
        (tmp_path / name).mkdir()
    saved = tmp_path / "functions" / "handler.py"
    monkeypatch.setattr(loop, "ROOT", tmp_path)
    with ThreadPoolExecutor(1) as pool:
        seen = pool.submit(next, loop.saves())
        while not seen.done():  # the watching takes a moment to begin
            saved.write_text("x = 1\n")
            time.sleep(0.3)
    assert seen.result() == [saved.relative_to(tmp_path)]
