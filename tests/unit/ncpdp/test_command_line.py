"""`python -m ncpdp`: what it prints, and the exit code it ends with."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree.ElementTree import canonicalize

import ncpdp
import pytest
from ncpdp.cli.main import main

from tests.unit.ncpdp.telecom_messages import messages

MESSAGES = messages()
SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.xml"))


class Said(NamedTuple):
    code: int
    out: bytes
    error: str


class Shell:
    """Runs the command in this process, with bytes for standard input."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._patch = patch

    def __call__(self, *arguments: str | Path, stdin: bytes = b"") -> Said:
        out, error = io.TextIOWrapper(io.BytesIO()), io.StringIO()
        self._patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        self._patch.setattr(sys, "stdout", out)
        self._patch.setattr(sys, "stderr", error)
        code = main([str(one) for one in arguments])
        return Said(code, out.buffer.getvalue(), error.getvalue())  # type: ignore[attr-defined]  # a BytesIO, see above


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Shell:
    return Shell(monkeypatch)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_parse_and_write_give_the_same_xml(run: Shell, path: Path) -> None:
    form = run("parse", path)
    written = run("write", "-", stdin=form.out)
    assert (form.code, written.code) == (0, 0)
    assert canonicalize(written.out.decode(), strip_text=True) == canonicalize(
        path.read_text(), strip_text=True
    )


@pytest.mark.parametrize("loose", [b"", b"\r\n"], ids=["exact", "loose"])
@pytest.mark.parametrize("name", MESSAGES)
def test_parse_and_write_give_the_same_bytes(run: Shell, name: str, loose: bytes) -> None:
    form = run("parse", "-", stdin=MESSAGES[name] + loose)
    assert run("write", "-", stdin=form.out) == Said(0, MESSAGES[name] + loose, "")


class TestCheck:
    def test_a_good_message_is_ok(self, run: Shell) -> None:
        assert run("check", "-", stdin=MESSAGES["b1"]) == Said(0, b"ok\n", "")

    def test_an_error_is_exit_one(self, run: Shell) -> None:
        said = run("check", "-", stdin=MESSAGES["b1"].replace(b"1502203312", b"1502203313"))
        assert said.code == 1
        assert said.out.startswith(b"error npi.check_digit header/B1")
        assert said.out.endswith(b"\n1 error\n")

    def test_a_warning_is_no_error(self, run: Shell) -> None:
        said = run("check", "-", stdin=MESSAGES["b1"] + b"\r\n")
        assert said.code == 0
        assert said.out.startswith(b"warning telecom.framing")

    def test_findings_as_json(self, run: Shell) -> None:
        data = MESSAGES["b1"].replace(b"E730000", b"E7many")
        said = run("check", "--json", "-", stdin=data)
        (finding,) = json.loads(said.out)["findings"]
        assert (said.code, finding["code"], finding["path"]) == (1, "quantity.malformed", "1/07/E7")
        assert data[finding["column"] - 1 :].startswith(b"E7many")


class TestExplain:
    def test_a_prescription(self, run: Shell) -> None:
        page = run("explain", SAMPLES[0].parent / "newrx.xml").out.decode()
        assert page.startswith("NewRx · SCRIPT 2017071\n  From prescriber 1000000000001")
        assert "Quantity\n    Value: 30" in page
        assert page.endswith("Nothing is wrong with it.\n")

    def test_a_claim_in_money_dates_and_words(self, run: Shell) -> None:
        page = run("explain", "-", stdin=MESSAGES["b1_two"]).out.decode()
        for line in (
            "Ingredient: 120.44 [D9]",
            "Date written: 2026-09-14 [DE]",
            "Entry reason: DD (Drug and drug interaction; pharmacist) [E4]",
            "Transaction 2 of 2",
        ):
            assert f"{line}\n" in page

    def test_a_refusal_with_its_advice_and_what_is_unreadable(self, run: Shell) -> None:
        data = MESSAGES["rejected"] + b"\x1e\x1cAM99\x1cZZ1\x1e\x1cAM23\x1cF51Z\x1cFI50}"
        page = run("explain", "-", stdin=data).out.decode()
        assert "Reject code: 75 (Prior authorization required; pharmacist) [FB]\n" in page
        assert "Unknown segment [99]\n    Unknown field: 1 [ZZ]\n" in page
        assert "Patient pay: 1Z (not readable) [F5]\n    Copay: -5.00 [FI]\n" in page
        assert "Findings\n" in page
        assert "  error: This is not a signed overpunch number. (money.malformed, 1/23/F5)" in page

    def test_as_json(self, run: Shell) -> None:
        said = json.loads(run("explain", "--json", "-", stdin=MESSAGES["paid"]).out)
        assert (said["message"]["kind"], said["findings"]) == ("response", [])


class TestConvert:
    def test_to_another_version_and_back(self, run: Shell) -> None:
        newrx = SAMPLES[0].parent / "newrx.xml"
        later = run("convert", "--to", "2023011", newrx)
        assert ncpdp.parse(later.out).version == "2023011"  # type: ignore[union-attr]  # SCRIPT has one
        back = run("convert", "--to", "2017071", "-", stdin=later.out)
        assert run("diff", newrx, "-", stdin=back.out).code == 0

    def test_what_changes_is_listed(self, run: Shell) -> None:
        newrx = SAMPLES[0].parent / "newrx.xml"
        told = json.loads(run("convert", "--to", "2023011", "--json", newrx).out)
        assert ncpdp.parse(told["message"].encode()).type == "NewRx"
        assert "version.attributes" in [one["code"] for one in told["changes"]]

    def test_what_gets_lost_is_said(self, run: Shell) -> None:
        newrx = (SAMPLES[0].parent / "newrx.xml").read_bytes()
        stranger = newrx.replace(b"</Patient>", b"<Hobby>Chess</Hobby></Patient>")
        said = run("convert", "--to", "2023011", "-", stdin=stranger)
        assert said.code == 0
        assert said.error.startswith("ncpdp: element.unknown NewRx/Patient/Hobby: ")

    def test_to_json(self, run: Shell) -> None:
        parsed = run("parse", "-", stdin=MESSAGES["paid"])
        assert run("convert", "--to", "json", "-", stdin=MESSAGES["paid"]) == parsed

    def test_a_claim_has_no_other_version(self, run: Shell) -> None:
        said = run("convert", "--to", "2023011", "-", stdin=MESSAGES["paid"])
        assert said.code == 2
        assert said.error.startswith("ncpdp: version.unsupported: ")


class TestDiff:
    def test_the_same(self, run: Shell, tmp_path: Path) -> None:
        (tmp_path / "b1").write_bytes(MESSAGES["b1"])
        said = run("diff", tmp_path / "b1", "-", stdin=run("parse", tmp_path / "b1").out)
        assert said == Said(0, b"", "")

    def test_what_differs(self, run: Shell, tmp_path: Path) -> None:
        (tmp_path / "b1").write_bytes(MESSAGES["b1"])
        other = MESSAGES["b1"].replace(b"D530", b"D590").replace(b"\x1cDJ3", b"")
        said = run("diff", tmp_path / "b1", "-", stdin=other)
        assert said.code == 1
        assert said.out.decode().splitlines()[0] == (
            '~ /transactions/0/0/fields/6: ["D5", "30"] -> ["D5", "90"]'
        )
        found = json.loads(run("diff", "--json", tmp_path / "b1", "-", stdin=other).out)
        assert len(found["differences"]) == len(said.out.splitlines())

    def test_one_that_is_left_out_does_not_move_the_others(
        self, run: Shell, tmp_path: Path
    ) -> None:
        (tmp_path / "b1").write_bytes(MESSAGES["b1"])
        shorter = MESSAGES["b1"].replace(b"\x1cE103", b"")
        one_less = run("diff", tmp_path / "b1", "-", stdin=shorter)
        assert one_less.out == b'- /transactions/0/0/fields/2: ["E1", "03"]\n'
        (tmp_path / "b1").write_bytes(shorter)
        one_more = run("diff", tmp_path / "b1", "-", stdin=MESSAGES["b1"])
        assert one_more.out == b'+ /transactions/0/0/fields/2: ["E1", "03"]\n'

    def test_very_long_lists_are_compared_place_by_place(self, run: Shell, tmp_path: Path) -> None:
        long = MESSAGES["b1"] + b"\x1e\x1cAM99" + b"\x1cZZ1" * 600
        (tmp_path / "long").write_bytes(long)
        said = run("diff", tmp_path / "long", "-", stdin=long.replace(b"ZZ1", b"ZZ2", 2))
        assert said.out.count(b"\n") == 2

    def test_what_only_one_has(self, run: Shell, tmp_path: Path) -> None:
        (tmp_path / "a").write_bytes(MESSAGES["b1"])
        shorter = MESSAGES["b1"].partition(b"\x1e\x1cAM03")[0]
        assert b"- /transactions/0/2: " in run("diff", tmp_path / "a", "-", stdin=shorter).out
        (tmp_path / "a").write_bytes(shorter)
        assert (
            b"+ /transactions/0/2: " in run("diff", tmp_path / "a", "-", stdin=MESSAGES["b1"]).out
        )


class TestErrors:
    @pytest.mark.parametrize(
        ("arguments", "stdin", "code"),
        [
            (["parse", "-"], b"hello", "content.unknown"),
            (["parse", "-"], b"<!DOCTYPE x><Message/>", "xml.doctype"),
            (["parse", "-"], b"", "content.unknown"),
            (["write", "-"], b"{", "json.syntax"),
            (["write", "-"], b'{"a":' * 100_000, "json.syntax"),
            (["write", "-"], b'{"a": \xff}', "json.syntax"),
            (["write", "-"], b'{"standard": "TELECOM"}', "json.value"),
            (["write", "-"], b" " * (9 * 1024 * 1024), "file.too_large"),
            (["check", "no/such/file"], b"", "file.unreadable"),
            (["check", "."], b"", "file.unreadable"),
            (["check", "a\0b"], b"", "file.unreadable"),
            (["convert", "--to", "10.6", "-"], b"", "arguments"),
            (["parse"], b"", "arguments"),
            (["shred", "-"], b"", "arguments"),
            ([], b"", "arguments"),
        ],
    )
    def test_is_one_line_or_one_object_and_exit_two(
        self, run: Shell, arguments: list[str], stdin: bytes, code: str
    ) -> None:
        said = run(*arguments, stdin=stdin)
        assert (said.code, said.out, said.error.count("\n")) == (2, b"", 1)
        assert said.error.startswith(f"ncpdp: {code}")
        told: dict[str, Any] = json.loads(run(*arguments, "--json", stdin=stdin).error)
        assert told["code"] == code

    def test_every_wrong_field_is_in_the_object(self, run: Shell) -> None:
        stdin = b'{"type": "NewRx", "header": 5, "extra": 1}'
        told = json.loads(run("write", "-", "--json", stdin=stdin).error)
        assert {"/header", "/extra"} <= {one["path"] for one in told["details"]}


def test_a_message_cannot_move_the_cursor_or_begin_a_line(run: Shell) -> None:
    sent = MESSAGES["b1"].replace(b"CBDOE", b"CBD\x1b[2J\r\n\x9bE")
    page = run("explain", "-", stdin=sent).out.decode()
    assert "Last name: D\\x1b[2J\\r\\n\\x9bE [CB]\n" in page
    strange = MESSAGES["b1"].replace(b"\x1cCBDOE", b"\x1c\x1b\x9bDOE")
    said = run("check", "-", stdin=strange).out.decode()
    assert said.startswith("info element.unknown 01/\\x1b\\x9b line 1 column ")


NEWRX = SAMPLES[0].parent / "newrx.xml"


class TestProgram:
    def said(self, rest: str) -> tuple[int, bytes, bytes]:
        command = f"{sys.executable} -m ncpdp {rest}"
        done = subprocess.run(["sh", "-c", command], capture_output=True, check=False)
        return done.returncode, done.stdout, done.stderr

    def test_a_closed_pipe_ends_it_quietly(self) -> None:
        assert self.said(f"parse {NEWRX} | head -c 1") == (0, b"{", b"")

    @pytest.mark.parametrize(
        ("rest", "error"),
        [
            ("parse - <&-", b"ncpdp: file.unreadable (-): There is no standard input.\n"),
            (f"parse {NEWRX} >&-", b"ncpdp: output.unwritable: There is no standard output.\n"),
            ("parse no-such-file 2>&-", b""),
        ],
    )
    def test_a_stream_that_is_closed_is_no_crash(self, rest: str, error: bytes) -> None:
        assert self.said(rest) == (2, b"", error)

    @pytest.mark.parametrize("option", ["", "--json "])
    def test_a_full_disk_is_an_error_like_any_other(self, option: str) -> None:
        code, out, error = self.said(f"parse {option}{NEWRX} > /dev/full")
        assert (code, out, error.count(b"\n")) == (2, b"", 1)
        assert b"output.unwritable" in error
