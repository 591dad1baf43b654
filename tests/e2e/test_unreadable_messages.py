"""Bytes that are no readable message: a clear HTTP problem from both doors, and nothing kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cloud.door import INTAKE, JSON, PRESCRIPTIONS, SCRIPT, XML, problem
from tests.cloud.messages import a_new_rx, spoken

if TYPE_CHECKING:
    from tests.cloud.world import World

DOORS = (INTAKE, SCRIPT)
MEGABYTE = 1024 * 1024
DOCTYPE = "<!DOCTYPE Message [<!ENTITY who SYSTEM 'file:///etc/hostname'>]>"


def refused(world: World, path: str, body: bytes, *, kind: str = XML) -> tuple[int, str]:
    return problem(world.door.send(body, path, kind=kind))


@pytest.mark.parametrize("path", DOORS)
def test_what_is_not_xml_is_a_400(world: World, path: str) -> None:
    assert refused(world, path, b"MSH|^~\\&|this is HL7") == (400, "content.unknown")


@pytest.mark.parametrize("path", DOORS)
def test_xml_that_breaks_off_is_a_400(world: World, path: str) -> None:
    assert refused(world, path, a_new_rx().raw[:-40]) == (400, "xml.not_well_formed")


@pytest.mark.parametrize("path", DOORS)
def test_an_empty_body_is_a_400(world: World, path: str) -> None:
    assert refused(world, path, b"") == (400, "request.empty")


@pytest.mark.parametrize("path", DOORS)
def test_a_doctype_is_refused_before_it_is_parsed(world: World, path: str) -> None:
    message = a_new_rx().but("<Message ", f"{DOCTYPE}<Message ")
    assert refused(world, path, message.raw) == (400, "xml.doctype")


@pytest.mark.parametrize("path", DOORS)
def test_an_entity_never_becomes_text(world: World, path: str) -> None:
    message = a_new_rx().but("<Message ", f"{DOCTYPE}<Message ").but("<City>Col", "<City>&who;")
    assert refused(world, path, message.raw) == (400, "xml.doctype")


@pytest.mark.parametrize("path", DOORS)
def test_an_entity_without_a_doctype_is_a_400_as_well(world: World, path: str) -> None:
    message = a_new_rx().but("<City>Columbus", "<City>&who;")
    assert refused(world, path, message.raw)[0] == 400


def test_an_entity_in_utf16_is_found_too(world: World) -> None:
    message = a_new_rx().but("<Message ", f"{DOCTYPE}<Message ").but("UTF-8", "UTF-16")
    assert refused(world, SCRIPT, message.text.encode("utf-16")) == (400, "xml.doctype")


@pytest.mark.parametrize("path", DOORS)
def test_a_body_over_one_megabyte_is_a_413(world: World, path: str) -> None:
    padding = " " * MEGABYTE
    answer = world.door.send(a_new_rx().but("</Message>", f"{padding}</Message>").raw, path)
    assert answer.status_code == 413
    assert answer.headers["content-type"].startswith("application/problem+json")


def test_utf16_declared_in_the_prolog_is_taken_in(world: World) -> None:
    message = a_new_rx().but("UTF-8", "UTF-16")
    answer = world.door.send(message.text.encode("utf-16"))
    assert (answer.status_code, spoken(answer).body.code) == (200, "010")
    rx = world.known(answer.headers["location"].rpartition("/")[2], message)
    assert rx.reaches("validated").shown["patient_name"] == f"Jordan {message.mark}"


def test_another_media_type_is_a_415(world: World) -> None:
    message = a_new_rx().raw
    assert refused(world, INTAKE, message, kind="text/csv")[0] == 415
    assert refused(world, SCRIPT, b"{}", kind=JSON)[0] == 415


def test_multipart_without_a_boundary_is_no_500(world: World) -> None:
    assert refused(world, INTAKE, b"--x", kind="multipart/form-data")[0] == 415
    headers = {"Content-Type": "multipart/form-data", "Idempotency-Key": "k", "If-Match": '"v1"'}
    path = f"{PRESCRIPTIONS}/rx_{'0' * 26}/cancel"
    answer = world.door.ask("POST", path, role="ops", headers=headers, content=b"--x")
    assert problem(answer)[0] in {400, 404, 415}
