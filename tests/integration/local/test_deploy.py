"""Deployments to an engine: repeatable, in place, and clear about what failed."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import pytest
from moto import mock_aws

from local.deploy import sites, to_aws
from local.deploy.assembly import read_assembly
from local.deploy.assets import upload_assets, zip_folder
from local.deploy.sites import content_type, site_folder, upload_site
from local.deploy.stacks import deploy_stack, outputs_of
from local.deploy.synth import fingerprint
from local.place import ROOT, LocalError

if TYPE_CHECKING:
    from pathlib import Path

    from local.aws import Engine
    from local.deploy.assembly import Assembly

BUCKET = "cdk-assets-${AWS::AccountId}-${AWS::Region}"


def template(**queues: int) -> dict[str, Any]:
    resources = {
        name: {"Type": "AWS::SQS::Queue", "Properties": {"VisibilityTimeout": seconds}}
        for name, seconds in queues.items()
    }
    outputs = {f"{name}Url": {"Value": {"Ref": name}} for name in queues}
    return {"Resources": resources, "Outputs": outputs}


def assembly(
    folder: Path, stacks: dict[str, dict[str, Any]], needs: dict[str, list[str]]
) -> Assembly:
    """A cloud assembly as the CDK writes it, around templates of our own."""
    artifacts: dict[str, Any] = {}
    files: dict[str, Any] = {}
    for name, body in stacks.items():
        (folder / f"{name}.json").write_text(json.dumps(body))
        key = f"{abs(hash(json.dumps(body)))}.json"
        artifacts[name] = {
            "type": "aws:cloudformation:stack",
            "dependencies": [*needs.get(name, []), "files"],
            "properties": {
                "templateFile": f"{name}.json",
                "stackTemplateAssetObjectUrl": f"s3://{BUCKET}/{key}",
            },
        }
        files[name] = {
            "source": {"path": f"{name}.json", "packaging": "file"},
            "destinations": {"here": {"bucketName": BUCKET, "objectKey": key}},
        }
    artifacts["files"] = {"type": "cdk:asset-manifest", "properties": {"file": "files.json"}}
    (folder / "files.json").write_text(json.dumps({"files": files}))
    (folder / "manifest.json").write_text(json.dumps({"artifacts": artifacts}))
    return read_assembly(folder)


def deploy(engine: Engine, found: Assembly) -> list[str]:
    upload_assets(engine, found)
    return [deploy_stack(engine, stack) for stack in found.stacks]


def test_the_same_files_make_the_same_zip(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name / "functions").mkdir(parents=True)
        (tmp_path / name / "functions" / "handler.py").write_text("x = 1\n")
    os.utime(tmp_path / "two" / "functions" / "handler.py", (1, 1))
    (tmp_path / "two" / "functions" / "handler.py").chmod(0o600)
    assert zip_folder(tmp_path / "one") == zip_folder(tmp_path / "two")


def test_stacks_come_after_those_they_need(tmp_path: Path) -> None:
    bodies = {"api": template(A=1), "data": template(B=1), "web": template(C=1)}
    found = assembly(tmp_path, bodies, {"api": ["data"], "web": ["api"]})
    assert [stack.name for stack in found.stacks] == ["data", "api", "web"]


def test_a_second_deployment_changes_only_what_changed(engine: Engine, tmp_path: Path) -> None:
    first = assembly(tmp_path, {"place": template(Jobs=30)}, {})
    assert deploy(engine, first) == ["created"]
    assert deploy(engine, first) == ["unchanged"]
    url = outputs_of(engine, first.stacks[0])["JobsUrl"]
    changed = assembly(tmp_path, {"place": template(Jobs=60, More=30)}, {})
    assert deploy(engine, changed) == ["updated"]
    assert outputs_of(engine, changed.stacks[0])["JobsUrl"] == url
    asked = engine.client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=["All"])
    assert asked["Attributes"]["VisibilityTimeout"] == "60"


def test_a_file_that_is_there_is_not_sent_again(engine: Engine, tmp_path: Path) -> None:
    found = assembly(tmp_path, {"once": template(Once=31)}, {})
    assert upload_assets(engine, found) == 1
    assert upload_assets(engine, found) == 0


def test_a_failed_stack_names_its_resource_and_can_be_tried_again(
    engine: Engine, tmp_path: Path
) -> None:
    broken = template(Fine=1)
    name = {"Fn::Select": [6, {"Fn::Split": [":", "too:short"]}]}
    broken["Resources"]["Broken"] = {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": name}}
    with pytest.raises(LocalError, match=r"broken.*\n.*Broken"):
        deploy(engine, assembly(tmp_path, {"broken": broken}, {}))
    assert deploy(engine, assembly(tmp_path, {"broken": template(Fine=1)}, {})) == ["created"]


def test_a_site_bucket_holds_exactly_the_site(engine: Engine, tmp_path: Path) -> None:
    site = tmp_path / "portal"
    (site / "assets").mkdir(parents=True)
    (site / "index.html").write_text("<html>")
    (site / "assets" / "app-1a2b.js").write_text("1")
    s3 = engine.client("s3")
    s3.create_bucket(Bucket="portal-site")
    s3.put_object(Bucket="portal-site", Key="assets/old.js", Body=b"0")
    upload_site(engine, site, "portal-site")
    keys = {item["Key"] for item in s3.list_objects_v2(Bucket="portal-site")["Contents"]}
    assert keys == {"index.html", "assets/app-1a2b.js"}
    page = s3.head_object(Bucket="portal-site", Key="index.html")
    code = s3.head_object(Bucket="portal-site", Key="assets/app-1a2b.js")
    assert (page["ContentType"], page["CacheControl"]) == ("text/html; charset=utf-8", "no-cache")
    assert code["ContentType"] == "text/javascript; charset=utf-8"
    assert "immutable" in code["CacheControl"]


@mock_aws
def test_sites_go_to_the_buckets_that_a_stage_has_on_aws(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    outputs = {"PortalBucket": {"Value": "portal-bucket"}, "PortalDomainName": {"Value": "p.test"}}
    body = {
        "Resources": {"B": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "other"}}},
        "Outputs": outputs,
    }
    account = to_aws.Account()
    account.client("cloudformation").create_stack(
        StackName="pharmonico-dev-web", TemplateBody=json.dumps(body)
    )
    s3 = account.client("s3")
    s3.create_bucket(Bucket="portal-bucket")
    monkeypatch.setattr(sites, "site_folder", lambda _: ROOT / "web" / "portal" / "public")
    to_aws.main("dev")
    assert [item["Key"] for item in s3.list_objects_v2(Bucket="portal-bucket")["Contents"]] == [
        "icon.svg"
    ]
    assert capsys.readouterr().out == "portal: https://p.test/\n"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.css", "text/css; charset=utf-8"),
        ("a.svg", "image/svg+xml"),
        ("a.woff2", "font/woff2"),
        ("a.unknown", "application/octet-stream"),
    ],
)
def test_a_browser_is_told_the_type(name: str, kind: str) -> None:
    assert content_type(name) == kind


def test_a_site_is_served_as_built(tmp_path: Path) -> None:
    built = tmp_path / "portal" / "dist"
    built.mkdir(parents=True)
    assert site_folder("portal", web=tmp_path) is None
    (built / "index.html").write_text("a page")
    assert site_folder("portal", web=tmp_path) == built


def test_the_templates_are_written_again_only_for_another_stage_or_address(tmp_path: Path) -> None:
    settings = tmp_path / "settings.json"
    settings.write_text("{}")
    before = fingerprint(stage="embedded", settings=settings)
    assert fingerprint(stage="embedded", settings=settings) == before
    assert fingerprint(stage="dev", settings=settings) != before
    settings.write_text('{"edge_port": 8081}')
    assert fingerprint(stage="embedded", settings=settings) != before
