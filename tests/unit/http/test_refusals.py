"""What the shell refuses, and how it says so."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

import pytest
from pharmonico.lambdas.http.errors import BODY_BYTES_MAX

from tests.gateway import proxy_event
from tests.unit.http.conftest import ERRORS, FILE

if TYPE_CHECKING:
    from tests.unit.http.conftest import Shop

JSON = {"Content-Type": "application/json", "Idempotency-Key": "key-1"}


def test_a_problem_has_every_part_the_standard_and_we_promise(shop: Shop) -> None:
    answer = shop.send("GET", "/nowhere")
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json == {
        "type": "/api/errors/request.no_such_path",
        "title": "Not Found",
        "status": 404,
        "detail": "There is nothing at this path.",
        "instance": f"urn:pharmonico:request:{answer.headers['x-correlation-id']}",
        "code": "request.no_such_path",
        "errors": [],
        "retryable": False,
    }


def test_the_wrong_method_is_told_the_right_ones(shop: Shop) -> None:
    answer = shop.send("DELETE", "/things/one")
    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD, PUT")


@pytest.mark.parametrize("name", ["x" * 129, "a/b", '"quoted"'])
def test_a_path_that_names_nothing_is_not_found(shop: Shop, name: str) -> None:
    assert shop.send("GET", f"/things/{name}").status == 404


def test_head_is_a_get_without_the_body(shop: Shop) -> None:
    head, get = shop.send("HEAD", "/things/one"), shop.send("GET", "/things/one")
    assert (head.status, head.body, head.headers["etag"]) == (200, "", get.headers["etag"])


def test_a_file_goes_out_byte_by_byte(shop: Shop) -> None:
    answer = shop.api.handler(proxy_event("GET", "/file"), None)
    assert (answer["statusCode"], answer["isBase64Encoded"]) == (200, True)
    assert base64.b64decode(answer["body"]) == FILE
    assert answer["multiValueHeaders"]["Content-Type"] == ["application/pdf"]


def test_an_answer_without_a_body_has_an_empty_one(shop: Shop) -> None:
    answer = shop.api.handler(proxy_event("GET", "/leave"), None)
    assert (answer["statusCode"], answer["body"]) == (303, "")


@pytest.mark.parametrize("media_type", ["APPLICATION/JSON ;x=y", "Application/Json;charset=UTF-8"])
def test_a_media_type_is_told_in_any_case(shop: Shop, media_type: str) -> None:
    headers = {**JSON, "Content-Type": media_type}
    answer = shop.send("POST", "/things/one/make", headers=headers, body='{"name":"xyz"}')
    assert (answer.status, shop.made) == (202, 1)


@pytest.mark.parametrize("media_type", ["text/plain", "multipart/form-data", "x"])
def test_a_type_without_a_body_is_none(shop: Shop, media_type: str) -> None:
    headers = {**JSON, "Content-Type": media_type}
    answer = shop.send("POST", "/things/one/make", headers=headers)
    assert (answer.status, answer.json["code"]) == (422, "request.invalid")


@pytest.mark.parametrize(
    ("headers", "body", "status", "code"),
    [
        ({"Content-Type": "text/plain"}, "x", 415, "request.unsupported_media_type"),
        ({"Content-Type": "application/jsonp"}, "{}", 415, "request.unsupported_media_type"),
        ({"Content-Type": "multipart/form-data"}, "x", 415, "request.unsupported_media_type"),
        ({}, "{}", 415, "request.unsupported_media_type"),
        (JSON, "{", 400, "request.not_json"),
        (JSON, "[" * 100_000, 400, "request.not_json"),
        (JSON, '{"count": ' + "9" * 5_000 + "}", 400, "request.not_json"),
        (JSON, "[1]", 422, "request.invalid"),
        (JSON, "null", 422, "request.invalid"),
        (JSON, None, 422, "request.invalid"),
    ],
)
def test_a_body_that_cannot_be_read_is_refused_clearly(
    shop: Shop, headers: dict[str, str], body: str | None, status: int, code: str
) -> None:
    answer = shop.send(
        "POST", "/things/one/make", headers={"Idempotency-Key": "k", **headers}, body=body
    )
    assert (answer.status, answer.json["code"], shop.made) == (status, code, 0)


def test_a_body_that_the_gateway_has_encoded_is_read(shop: Shop) -> None:
    answer = shop.send(
        "POST", "/things/one/make", headers=JSON, body='{"name":"x\u00e9z"}'.encode(), binary=True
    )
    assert (answer.status, answer.json["id"]) == (202, "x\u00e9z")


def test_text_that_is_no_utf8_is_not_json(shop: Shop) -> None:
    body = b'{"name":"\xc3"}'
    answer = shop.send("POST", "/things/one/make", headers=JSON, body=body, binary=True)
    assert (answer.status, answer.json["code"]) == (400, "request.not_json")


def test_a_body_over_the_limit_is_refused_and_one_at_the_limit_is_read(shop: Shop) -> None:
    empty = len('{"name":""}')
    over = '{"name":"' + "x" * (BODY_BYTES_MAX - empty + 1) + '"}'
    at = '{"name":"' + "x" * (BODY_BYTES_MAX - empty) + '"}'
    assert shop.send("POST", "/things/one/make", headers=JSON, body=over).status == 413
    assert shop.send("POST", "/things/one/make", headers=JSON, body=at).status == 422


def test_bad_fields_are_pointed_at_and_never_repeated(shop: Shop) -> None:
    secret = "Jordan Doe 1979-05-17"
    answer = shop.send("PUT", "/things/one", headers={"If-Match": '"v3"'}, body={"name": secret})
    assert answer.status == 422
    assert answer.json["errors"] == [
        {"pointer": "/name", "code": "field.string_too_long", "detail": "This is too long."}
    ]
    assert secret not in json.dumps(answer.json)


def test_a_bad_parameter_is_named_with_its_place(shop: Shop) -> None:
    answer = shop.send("GET", "/things", query={"limit": "1000"})
    assert answer.status == 422
    assert answer.json["errors"][0]["pointer"] == "query:limit"


@pytest.mark.parametrize(
    ("failure", "status", "header"),
    [
        ("conflict", 409, None),
        ("version", 412, None),
        ("too_many", 429, ("retry-after", "60")),
        ("unavailable", 503, ("retry-after", "1")),
        ("unforeseen", 500, None),
    ],
)
def test_every_class_of_errors_has_its_status(
    shop: Shop, failure: str, status: int, header: tuple[str, str] | None
) -> None:
    shop.failure = ERRORS[failure]
    answer = shop.send("GET", "/broken", role="")
    assert (answer.status, answer.json["retryable"]) == (status, status in {429, 500, 503})
    if header:
        assert answer.headers[header[0]] == header[1]


def test_an_unforeseen_error_tells_nothing_and_logs_no_values(
    shop: Shop, capsys: pytest.CaptureFixture[str]
) -> None:
    shop.failure = ERRORS["unforeseen"]
    answer = shop.send("GET", "/broken", role="")
    assert answer.json["detail"] == "Something went wrong on our side."
    assert "Jordan" not in answer.body + capsys.readouterr().out


def test_the_callers_correlation_id_comes_back_and_a_strange_one_does_not(shop: Shop) -> None:
    theirs = shop.send("GET", "/things", headers={"X-Correlation-Id": "their-own-id-1"})
    strange = shop.send("GET", "/things", headers={"X-Correlation-Id": "a b\nc"})
    assert theirs.headers["x-correlation-id"] == "their-own-id-1"
    assert strange.headers["x-correlation-id"].startswith("cor_")


def test_nothing_the_api_says_may_be_stored_or_sniffed(shop: Shop) -> None:
    for answer in (shop.send("GET", "/things"), shop.send("GET", "/nowhere")):
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
