"""audit: prove that nobody changed it, see who looked at a patient, check an exported file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pharmonico.adapters.audit_signing import KmsSigner
from pharmonico.fulfillment.audit.signing import holds, unsigned

from local.cli.prescriptions import client_of
from local.cloud import running_cloud
from local.place import LocalError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from local.client import Client

PATH = "/api/v1/audit"
AUDITOR = "auditor"
FUNCTION = "pharmonico-{stage}-audit_digest"


def declare(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `audit` and what may be done with it."""
    group = commands.add_parser("audit", help="prove the audit, see who looked, check an export")
    actions = group.add_subparsers(required=True, metavar="ACTION")
    verify = actions.add_parser("verify", help="every digest and every chain that they have seen")
    verify.add_argument("--seal", action="store_true", help="make a digest of this moment first")
    verify.set_defaults(run=run_verify)
    looks = actions.add_parser("looks", help="who looked at a patient in the last week")
    looks.add_argument("patient", help="pat_…, as show --json prints it")
    looks.set_defaults(run=run_looks)
    check = actions.add_parser("check", help="whether an exported file is as it was signed")
    check.add_argument("file", type=Path)
    check.set_defaults(run=run_check)


def run_verify(options: argparse.Namespace) -> int:
    """Print what does not hold, and a line about all; fails when anything does not."""
    if options.seal:
        _seal(options)
    digests = chains = 0
    findings: list[dict[str, Any]] = []
    sealed_until = None
    for page in _pages(client_of(options.place, AUDITOR), f"{PATH}/verify"):
        digests, chains = digests + page["digests"], chains + page["chains"]
        findings += page["findings"]
        sealed_until = page["sealed_until"] or sealed_until
    for finding in findings:
        print(finding_line(finding))
    print(f"{digests} digests, {chains} chains, sealed until {sealed_until or 'nothing yet'}")
    print(f"{len(findings)} do not hold" if findings else "whole")
    return 1 if findings else 0


def run_looks(options: argparse.Namespace) -> None:
    """A line per look: when, who in which role, what."""
    path = f"{PATH}/patients/{options.patient}"
    for page in _pages(client_of(options.place, AUDITOR), path):
        for entry in page["items"]:
            print(look_line(entry["act"]))


def run_check(options: argparse.Namespace) -> int:
    """Say whether the last line is our signature over the others."""
    cloud = running_cloud(options.place)
    try:
        data = options.file.read_bytes()
    except OSError as error:
        raise LocalError(f"{options.file} cannot be read: {error.strerror}") from error
    signer = KmsSigner(cloud.engine.client("kms"), cloud.outputs["AuditKey"])
    whole = holds(data, signer=signer)
    lines = unsigned(data).count(b"\n")
    print(f"{lines} lines, {'as they were signed' if whole else 'not as they were signed'}")
    return 0 if whole else 1


def finding_line(finding: dict[str, Any]) -> str:
    """A chain's place, or a digest's file, and what is wrong there."""
    place = f" at {finding['place']}" if finding["place"] is not None else ""
    return f"{finding['where']}{place}: {finding['fault']}"


def look_line(act: dict[str, Any]) -> str:
    actor = act["actor"]
    return f"{act['at']}  {actor['id']} ({actor['role']})  {act['action']}  {act['resource']}"


def _seal(options: argparse.Namespace) -> None:
    """What does not hold is told by the proof; here it only has to be on record."""
    cloud = running_cloud(options.place)
    cloud.engine.client("lambda").invoke(
        FunctionName=FUNCTION.format(stage=cloud.stage), Payload=json.dumps({"early": True})
    )


def _pages(client: Client, path: str) -> Iterator[dict[str, Any]]:
    cursor: dict[str, str] = {}
    while True:
        page = client.read(path, **cursor)
        yield page
        if not page["next_cursor"]:
            return
        cursor = {"cursor": page["next_cursor"]}
