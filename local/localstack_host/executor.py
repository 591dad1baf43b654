"""LocalStack's Lambda functions as processes of this machine instead of containers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from localstack import config
from localstack.services.lambda_.invocation.lambda_models import InvocationResult
from localstack.services.lambda_.invocation.plugins import RuntimeExecutorPlugin
from localstack.services.lambda_.invocation.runtime_executor import RuntimeExecutor

from local.localstack_host.reports import logged
from local.localstack_host.settings import settings
from local.localstack_host.worker import Answer, Call, Program, Worker, lambda_environment

if TYPE_CHECKING:
    from localstack.services.lambda_.invocation.lambda_models import FunctionVersion

LAYER_FOLDER = "python"
LOOPBACK = "127.0.0.1"


class ProcessExecutor(RuntimeExecutor):
    """One process; LocalStack asks for as many as there are calls at once, and ends the idle."""

    _worker: Worker
    _failure: Answer | None  # of the import, until a call has been answered with it

    def start(self, env_vars: dict[str, Any]) -> None:
        """Import the handler; what goes wrong is the first call's answer, as on AWS."""
        self._program = program_of(self.function_version, env_vars)
        self._begin()

    def stop(self) -> None:
        """End the process, even in the middle of a call."""
        self._worker.stop()

    def invoke(self, payload: dict[str, str]) -> InvocationResult:
        """Call the handler, in a new process where an earlier call has ended the old one."""
        if self._failure is None and not self._worker.alive:
            self._worker.stop()
            self._begin()
        call = Call(
            request_id=payload["invoke-id"],
            payload=payload["payload"],
            function_arn=payload["invoked-function-arn"],
            trace_id=payload["trace-id"],
            timeout_s=self.function_version.config.timeout,
        )
        failure, self._failure = self._failure, None
        return self._result(call, failure or self._worker.call(call))

    def get_address(self) -> str:
        """Everything is on this machine."""
        return LOOPBACK

    def get_endpoint_from_executor(self) -> str:
        """The same."""
        return LOOPBACK

    def get_runtime_endpoint(self) -> str:
        """A container would call back there; a process answers whoever asks it."""
        return f"http://{LOOPBACK}:{config.GATEWAY_LISTEN[0].port}/_localstack_lambda/{self.id}"

    def get_logs(self) -> str:
        """What was printed outside of calls."""
        return self._worker.output()

    @classmethod
    def prepare_version(cls, function_version: FunctionVersion) -> None:
        """Unpack the function and its layers."""
        for archive in [function_version.config.code, *_layers(function_version)]:
            archive.prepare_for_execution()

    @classmethod
    def cleanup_version(cls, function_version: FunctionVersion) -> None:
        """LocalStack removes what it unpacked together with the function."""

    def _begin(self) -> None:
        self._worker = Worker(self._program)
        timeout_s = config.LAMBDA_RUNTIME_ENVIRONMENT_TIMEOUT
        self._failure = self._worker.start_failure(request_id=self.id, timeout_s=timeout_s)

    def _result(self, call: Call, answer: Answer) -> InvocationResult:
        return InvocationResult(
            request_id=call.request_id,
            payload=answer.payload.encode(),
            is_error=answer.failed,
            logs=logged(
                answer.output,
                request_id=call.request_id,
                version=self.function_version.id.qualifier,
                duration_ms=answer.duration_ms,
                memory_mb=self.function_version.config.memory_size,
                used_mb=answer.memory_mb,
            ),
        )


class ProcessExecutorPlugin(RuntimeExecutorPlugin):
    """How LocalStack finds it: LAMBDA_RUNTIME_EXECUTOR=process."""

    name = "process"

    def load(self, *_: Any, **__: Any) -> type[ProcessExecutor]:
        """The class, not an object."""
        return ProcessExecutor


def program_of(function_version: FunctionVersion, environment: dict[str, Any]) -> Program:
    """The function's folder, its layers, and what the runtime brings, in Lambda's order."""
    own = function_version.config.code.get_unzipped_code_location()
    layers = [
        each.get_unzipped_code_location() / LAYER_FOLDER for each in _layers(function_version)
    ]
    told = settings()
    return Program(
        python=told.python,
        folders=(own, *layers, told.packages),
        environment=lambda_environment(environment, task_root=own),
        scratch=told.scratch,
    )


def _layers(function_version: FunctionVersion) -> list[Any]:
    return [layer.code for layer in function_version.config.layers or []]
