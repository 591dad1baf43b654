"""What keeps a deployment from starting is said before anything is built."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from infra_cdk import deployable

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A shell in which no AWS credentials can be found."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")


@pytest.mark.parametrize(
    ("stage", "said"),
    [
        ("embedded", "make up"),
        ("localstack", "make deploy STAGE=dev"),
        ("nope", "choose one of"),
        ("dev", "no AWS credentials"),
    ],
)
@pytest.mark.usefixtures("nobody")
def test_each_reason_is_one_line_that_says_what_to_do(stage: str, said: str) -> None:
    with pytest.raises(SystemExit) as left:
        deployable.main(stage)
    line = str(left.value.code)
    assert line.startswith("pharmonico: ")
    assert said in line
    assert "\n" not in line


def test_with_credentials_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    deployable.main("dev")
