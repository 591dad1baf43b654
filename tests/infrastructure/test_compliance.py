"""The HIPAA rule set is asked, and every answer we gave it is still needed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from infra_cdk.app import main
from infra_cdk.compliance import DECIDED, PACK
from infra_cdk.constructs.alarms import PERIOD
from infra_cdk.stages import STAGES

if TYPE_CHECKING:
    from pathlib import Path

    from tests.infrastructure.assembly import Assembly


def test_production_was_checked_and_a_local_stage_was_not(local: Assembly, prod: Assembly) -> None:
    report = json.loads((prod.folder / "validation-report.json").read_text())
    assert [each["conclusion"] for each in report["pluginReports"]] == ["success"]
    assert "HIPAA" not in (local.folder / "validation-report.json").read_text()


def test_every_rule_we_decided_upon_still_applies(prod: Assembly) -> None:
    report = json.loads((prod.folder / "validation-report.json").read_text())
    (pack,) = report["pluginReports"]
    applied = {each["ruleName"].removeprefix(f"{PACK}-") for each in pack["suppressedViolations"]}
    assert applied == DECIDED.keys()


def test_every_alarm_rings_the_operations_bell(prod: Assembly) -> None:
    (bell,) = prod.resources("AWS::SNS::Topic", stack="operations").values()
    alarms = prod.resources("AWS::CloudWatch::Alarm").values()
    assert alarms
    for alarm in alarms:
        assert bell["TopicName"] in json.dumps(alarm["AlarmActions"])
        assert alarm["Period"] == PERIOD.to_seconds()


def test_a_mistaken_stage_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=f"no stage 'staging': choose one of {next(iter(STAGES))}"):
        main(["--stage", "staging", "--out", str(tmp_path)])


def test_a_machine_without_node_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SystemExit, match="node is missing: install Node 20"):
        main(["--stage", "embedded", "--out", str(tmp_path)])


def test_every_dead_letter_queue_rings_when_something_lands_in_it(prod: Assembly) -> None:
    every = prod.resources("AWS::SQS::Queue")
    queues = [name for name, queue in every.items() if "RedrivePolicy" not in queue]
    watched = json.dumps(
        [
            alarm["Dimensions"]
            for alarm in prod.resources("AWS::CloudWatch::Alarm").values()
            if alarm.get("MetricName") == "ApproximateNumberOfMessagesVisible"
        ]
    )
    assert queues
    assert [name for name in queues if name not in watched] == []
