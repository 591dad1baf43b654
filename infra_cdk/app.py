"""Synthesise Pharmonico: `python -m infra_cdk.app --stage embedded`, or `cdk synth -c stage=prod`.

The stage comes from the option, the context key `stage`, or the variable STAGE, in this order.
Local ports and addresses come from the JSON file that the context key `settings` names.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
from typing import Any

from pharmonico.kit.settings import settings

from infra_cdk.packages import LayerNotBuilt
from infra_cdk.paths import ROOT
from infra_cdk.stages import Stage, StageUnknown, read_settings, stage_named

SETTINGS = ".local/settings.json"
OUT = "cdk.out"
# The CDK's command reads the same file, and sets these two by itself: one template either way.
CONTEXT = json.loads((ROOT / "cdk.json").read_text())["context"] | {
    "aws:cdk:enable-asset-metadata": True,
    "aws:cdk:enable-path-metadata": True,
}
# Node 20 serves; the notice that it is past its end of life would bury our own lines.
_NODE_NOTICE = "JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION"


def main(arguments: list[str] | None = None) -> None:
    """Write the templates and assets, or say in one line why not."""
    options = _options(arguments)
    if shutil.which("node") is None:
        sys.exit("pharmonico: node is missing: install Node 20 or newer (22 recommended)")
    os.environ[_NODE_NOTICE] = "20"  # noqa: TID251 - a variable of the library's own
    from aws_cdk import App  # noqa: PLC0415 - importing it already starts Node

    from infra_cdk.stacks import build  # noqa: PLC0415 - the same

    app = App(
        outdir=options.out or None,
        context=CONTEXT,
        analytics_reporting=False,
        stack_traces=False,
        tree_metadata=False,
    )
    try:
        stage = _stage(app.node.try_get_context, options)
    except StageUnknown as error:
        sys.exit(f"pharmonico: {error}")
    try:
        build(app, stage)
    except LayerNotBuilt as error:
        sys.exit(f"pharmonico: {error}")
    if not stage.local:
        from infra_cdk.compliance import check_compliance  # noqa: PLC0415 - slow, for AWS only

        check_compliance(app, cache=stage.cache)
    try:
        app.synth()
    except RuntimeError as error:  # what jsii makes of any refusal; the findings are printed above
        sys.exit(f"pharmonico: {str(error).splitlines()[0]}")


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m infra_cdk.app")
    parser.add_argument("--stage", help="embedded, localstack, localstack-host, dev or prod")
    parser.add_argument("--settings", help=f"JSON file of local addresses ({SETTINGS})")
    parser.add_argument("--out", default=OUT, help="empty: where the CDK's own command wants it")
    return parser.parse_args(arguments)


def _stage(context: Any, options: argparse.Namespace) -> Stage:
    name = options.stage or context("stage") or settings().STAGE
    path = options.settings or context("settings") or SETTINGS
    return stage_named(name, read_settings(ROOT / path))


if __name__ == "__main__":
    main()
