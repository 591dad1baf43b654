"""A function as a process: isolated, answered for in Lambda's words, gone with its engine."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from local.engine.orphans import commands
from local.localstack_host.worker import Answer, Call, Program, Worker, lambda_environment
from local.place import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

START_S = 20.0
NAMES = {
    "_HANDLER": "function.handler",
    "AWS_LAMBDA_FUNCTION_NAME": "intake",
    "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": 512,
    "AWS_LAMBDA_LOG_GROUP_NAME": "/aws/lambda/intake",
    "AWS_LAMBDA_LOG_STREAM_NAME": "stream",
    "NOT_GIVEN": None,
}
# It starts a worker with a call that never ends, says so, and waits to be killed.
ENGINE = """
import sys, threading, time
from pathlib import Path
from tests.integration.local.test_function_process import call_of, program_of
from local.localstack_host.worker import Worker

worker = Worker(program_of(Path(sys.argv[1])))
assert worker.start_failure(request_id="r", timeout_s=20) is None
threading.Thread(target=lambda: worker.call(call_of(timeout_s=60)), daemon=True).start()
print("calling", flush=True)
time.sleep(60)
"""


def program_of(folder: Path, **environment: str) -> Program:
    return Program(
        python=Path(sys.executable),
        folders=(folder / "own", folder / "packages"),
        environment=lambda_environment(NAMES | environment, task_root=folder / "own"),
        scratch=folder,
    )


def call_of(payload: Any = None, *, timeout_s: float = START_S) -> Call:
    return Call(
        request_id="r1",
        payload=json.dumps(payload),
        function_arn="arn:aws:lambda:us-east-1:000000000000:function:intake",
        trace_id="Root=1-2-3",
        timeout_s=timeout_s,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("own", "packages"):
        (tmp_path / name).mkdir()
    return tmp_path


@pytest.fixture
def start(folder: Path) -> Iterator[Callable[[str], Worker]]:
    """Start a function of this source."""
    started: list[Worker] = []

    def start(source: str) -> Worker:
        (folder / "own" / "function.py").write_text(source)
        started.append(Worker(program_of(folder)))
        return started[-1]

    yield start
    for worker in started:
        worker.stop()


@pytest.fixture
def answer(start: Callable[[str], Worker]) -> Callable[..., Answer]:
    """Start a function of this source and call it once."""

    def answer(source: str, payload: Any = None, *, timeout_s: float = START_S) -> Answer:
        worker = start(source)
        failure = worker.start_failure(request_id="r1", timeout_s=START_S)
        return failure or worker.call(call_of(payload, timeout_s=timeout_s))

    return answer


def told(answer: Answer) -> tuple[str, str]:
    assert answer.failed
    body = json.loads(answer.payload)
    return body["errorType"], body["errorMessage"]


def test_a_call_is_answered_with_what_the_handler_returns(answer: Callable[..., Answer]) -> None:
    done = answer("def handler(event, context): return event | {'b': [None, 1.5]}", {"a": "é"})
    assert (json.loads(done.payload), done.failed) == ({"a": "é", "b": [None, 1.5]}, False)
    assert done.duration_ms > 0
    assert 0 < done.memory_mb < 200


def test_the_context_is_lambdas(answer: Callable[..., Answer]) -> None:
    source = """
def handler(event, context):
    left = context.get_remaining_time_in_millis()
    return [context.aws_request_id, context.function_name, context.memory_limit_in_mb,
            context.invoked_function_arn[-6:], context.log_stream_name, 0 < left <= 5000]
"""
    done = answer(source, timeout_s=5)
    assert json.loads(done.payload) == ["r1", "intake", "512", "intake", "stream", True]


def test_what_is_printed_belongs_to_its_call(start: Callable[[str], Worker]) -> None:
    worker = start("""
import logging, os, sys
print("loaded")

def handler(event, context):
    print(event)
    sys.stderr.write("to the other one\\n")
    logging.getLogger("lib").warning("careful")
    os.write(1, b"\\xff raw\\n")
""")
    assert worker.start_failure(request_id="r1", timeout_s=START_S) is None
    first, second = worker.call(call_of("first")), worker.call(call_of("second"))
    assert first.output.splitlines()[:2] == ["first", "to the other one"]
    assert "careful" in first.output
    assert first.output.endswith(" raw\n")
    assert second.output.startswith("second\n")
    assert "first" not in second.output


def test_an_exception_is_told_by_the_name_of_its_class(answer: Callable[..., Answer]) -> None:
    done = answer("""
class OutOfStock(Exception): pass

def handler(event, context):
    raise OutOfStock("none of it left")
""")
    assert told(done) == ("OutOfStock", "none of it left")
    assert "in handler" in json.loads(done.payload)["stackTrace"][-1]
    assert "[ERROR] OutOfStock: none of it left\nTraceback" in done.output


@pytest.mark.parametrize(
    ("source", "kind", "message"),
    [
        (
            "import nothing_like_it",
            "Runtime.ImportModuleError",
            "No module named 'nothing_like_it'",
        ),
        ("def handler(", "Runtime.UserCodeSyntaxError", "Syntax error in module 'function'"),
        ("x = 1", "Runtime.HandlerNotFound", "Handler 'handler' missing on module 'function'"),
        ("raise ValueError('a setting')", "ValueError", "a setting"),
        ("def handler(e, c): return {1, 2}", "Runtime.MarshalError", "Unable to marshal response"),
    ],
)
def test_a_function_that_cannot_be_loaded_or_understood_says_why(
    answer: Callable[..., Answer], source: str, kind: str, message: str
) -> None:
    found = told(answer(source))
    assert found[0] == kind
    assert message in found[1]


def test_a_call_that_takes_too_long_is_killed(start: Callable[[str], Worker]) -> None:
    worker = start("import time\ndef handler(e, c):\n  print('so far')\n  time.sleep(60)")
    assert worker.start_failure(request_id="r1", timeout_s=START_S) is None
    done = worker.call(call_of(timeout_s=0.3))
    assert told(done) == (
        "Sandbox.Timedout",
        "RequestId: r1 Error: Task timed out after 0.30 seconds",
    )
    assert done.output == "so far\n"
    assert not worker.alive


@pytest.mark.parametrize(
    ("end", "how"),
    [
        ("os._exit(7)", "exit status 7"),
        ("sys.exit(3)", "exit status 3"),
        ("os.kill(os.getpid(), 9)", "signal: killed"),
    ],
)
def test_a_process_that_ends_in_a_call_is_told(
    answer: Callable[..., Answer], end: str, how: str
) -> None:
    done = answer(f"import os, sys\ndef handler(e, c):\n  {end}")
    message = f"RequestId: r1 Error: Runtime exited with error: {how}"
    assert told(done) == ("Runtime.ExitError", message)


def test_a_stop_in_the_middle_of_a_call_ends_the_call(start: Callable[[str], Worker]) -> None:
    worker = start("import time\ndef handler(e, c): time.sleep(60)")
    assert worker.start_failure(request_id="r1", timeout_s=START_S) is None
    stopping = threading.Timer(0.3, worker.stop)
    stopping.start()
    assert told(worker.call(call_of()))[0] == "Runtime.ExitError"
    stopping.join()
    assert not worker.alive


def test_it_can_import_its_folders_and_nothing_of_this_clone(
    folder: Path, answer: Callable[..., Answer]
) -> None:
    (folder / "packages" / "sdk.py").write_text("NAME = 'sdk'")
    done = answer(
        """
import importlib, sdk

def handler(event, context):
    found = []
    for name in event:
        try:
            importlib.import_module(name)
            found.append(name)
        except ImportError:
            pass
    return [sdk.NAME, found]
""",
        ["local", "functions", "pharmonico", "ncpdp", "boto3", "pytest", "infra_cdk"],
    )
    assert json.loads(done.payload) == ["sdk", []]


def test_its_environment_is_what_it_was_given(
    answer: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ORDERS_TABLE", "of the shell")
    done = answer("import os\ndef handler(e, c): return dict(os.environ)")
    found = json.loads(done.payload)
    given = {name for name, value in NAMES.items() if value is not None}
    assert set(found) - {"LC_CTYPE"} == given | {
        *("LAMBDA_TASK_ROOT", "PATH", "LANG"),
        "_X_AMZN_TRACE_ID",
    }
    assert found["_X_AMZN_TRACE_ID"] == "Root=1-2-3"
    assert found["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] == "512"


def test_a_killed_engine_takes_its_functions_with_it(folder: Path) -> None:
    (folder / "own" / "function.py").write_text("import time\ndef handler(e, c): time.sleep(60)")
    with subprocess.Popen(
        [sys.executable, "-c", ENGINE, str(folder)],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    ) as engine:
        assert engine.stdout is not None
        assert engine.stdout.readline() == "calling\n"
        assert len(functions_in(folder)) == 1
        engine.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + START_S
    while functions_in(folder):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def functions_in(folder: Path) -> list[int]:
    own = str(folder / "own")
    return [id_ for id_, command in commands() if own in command and id_ != os.getpid()]
