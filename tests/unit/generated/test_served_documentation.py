"""Health, metrics and the documentation as the function serves them."""

from __future__ import annotations

import re

import pytest
from pharmonico.lambdas.http import Api

from functions.system_api.documentation import publish
from functions.system_api.health import watch
from tests.gateway import Answer, send


class Probe:
    def __init__(self, *, up: bool = True) -> None:
        self._up = up

    def answers(self) -> bool:
        return self._up

    def counts(self) -> dict[str, int]:
        return {"received": 2, "failed": 500}


def get(path: str, *, up: bool = True) -> Answer:
    api = Api()
    watch(api, lambda: Probe(up=up))
    publish(api)
    return send(api.handler, "GET", path)


@pytest.mark.parametrize(("up", "status", "word"), [(True, 200, "ok"), (False, 503, "failing")])
def test_health_says_whether_the_table_answers(up: bool, status: int, word: str) -> None:
    answer = get("/health", up=up)
    assert (answer.status, answer.json["status"]) == (status, word)
    assert answer.json["checks"] == {"orders_table": word}


def test_metrics_are_prometheus_text() -> None:
    answer = get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert 'pharmonico_prescriptions{status="received"} 2\n' in answer.body


def test_metrics_need_a_token_away_from_the_developers_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("pharmonico.lambdas.http.guard.LOCAL_STAGES", frozenset())
    assert get("/metrics").status == 401


@pytest.mark.parametrize("path", ["/docs", "/api/errors", "/api/errors/sig.missing"])
def test_a_page_loads_nothing_but_our_own_style(path: str) -> None:
    answer = get(path)
    assert answer.status == 200
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert re.findall(r'(?:src|href)="(https?:)?//', answer.body) == []
    assert not re.search(r"<script|<style| style=| on\w+=", answer.body)
    assert 'href="/api/docs.css"' in answer.body


def test_the_page_shows_every_operation() -> None:
    described = get("/api/openapi.json").json["paths"]
    page = get("/docs").body
    for path, methods in described.items():
        for method in methods:
            assert f"{method.upper()} {path}" in page


def test_the_style_and_the_document_are_served() -> None:
    assert get("/api/docs.css").headers["content-type"].startswith("text/css")
    assert get("/api/openapi.json").json["openapi"].startswith("3.1")


def test_an_unknown_code_is_a_problem_and_never_markup() -> None:
    answer = get("/api/errors/<script>")
    assert (answer.status, answer.json["code"]) == (404, "error.unknown_code")
