"""Functions whose code was changed past their stacks get back what their template says.

CloudFormation compares a template with the one before, never with what there is: without this, a
change that was pushed and then taken back would stay for ever.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from local.deploy.assembly import read_assembly
from local.place import read_json, write_json

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from local.aws import Engine
    from local.deploy.assembly import StackFile
    from local.place import Place

FUNCTION = "AWS::Lambda::Function"
LAYER = "AWS::Lambda::LayerVersion"


def note(place: Place, functions: Iterable[str]) -> None:
    """Remember the functions by their physical names, before anything is done to them."""
    noted = _noted(place)
    if wanted := set(functions) - noted:
        write_json(_file(place), {"functions": sorted(noted | wanted)})


def mend(engine: Engine, place: Place) -> int:
    """Set right what was noted; says how many functions that were. The stacks are up to date."""
    noted = _noted(place)
    mended = 0
    for stack in read_assembly(place.assembly).stacks if noted else ():
        mended += _mend_stack(engine, stack, noted)
    _file(place).unlink(missing_ok=True)
    return mended


def _mend_stack(engine: Engine, stack: StackFile, noted: set[str]) -> int:
    resources = json.loads(stack.template.read_text())["Resources"].values()
    functions = [each["Properties"] for each in resources if each["Type"] == FUNCTION]
    broken = [each for each in functions if each["FunctionName"] in noted]
    layers = _layers_of(engine, stack.name) if broken else {}
    client = engine.client("lambda")
    for properties in broken:
        name = properties["FunctionName"]
        wanted = [layers[layer["Ref"]] for layer in properties.get("Layers", [])]
        if wanted:
            client.update_function_configuration(FunctionName=name, Layers=wanted)
        client.update_function_code(
            FunctionName=name, S3Bucket=stack.bucket, S3Key=properties["Code"]["S3Key"]
        )
    return len(broken)


def _layers_of(engine: Engine, stack: str) -> dict[str, str]:
    """The stack's layer versions by their logical ids."""
    found = engine.client("cloudformation").describe_stack_resources(StackName=stack)
    return {
        each["LogicalResourceId"]: each["PhysicalResourceId"]
        for each in found["StackResources"]
        if each["ResourceType"] == LAYER
    }


def _noted(place: Place) -> set[str]:
    return set(read_json(_file(place)).get("functions", []))


def _file(place: Place) -> Path:
    return place.data / "pushed.json"
