"""Behind the API, on the engine itself: to look without leaving a trace, and to cause accidents."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

import httpx
from botocore.exceptions import ClientError
from pharmonico.adapters.dynamodb.items import body_of
from pharmonico.adapters.dynamodb.orders import DynamoOrders
from pharmonico.fulfillment.documents import Enrollment

from tests.cloud.aws import client

if TYPE_CHECKING:
    from collections.abc import Iterator

    from local.cloud import Cloud


@dataclass(frozen=True)
class Backstage:
    """The engine of one cloud, past the API."""

    cloud: Cloud

    @cached_property
    def dynamodb(self) -> Any:
        return client(self.cloud, "dynamodb")

    @cached_property
    def steps(self) -> Any:
        return client(self.cloud, "stepfunctions")

    @cached_property
    def events(self) -> Any:
        return client(self.cloud, "events")

    @cached_property
    def functions(self) -> Any:
        return client(self.cloud, "lambda")

    @cached_property
    def logs(self) -> Any:
        return client(self.cloud, "logs")

    def order(self, prescription: str) -> dict[str, Any]:
        """The stored prescription; reading it here is no read that would be audited."""
        return dict(json.loads(body_of(self._order_item(prescription))))

    def edit_order(self, prescription: str, **changes: Any) -> None:
        """Rewrite the stored prescription; no event comes of it."""
        item = self._order_item(prescription)
        body = json.loads(body_of(item)) | changes
        body["version"] += 1
        item |= {"body": {"S": json.dumps(body)}, "gsi_status": {"S": body["status"]}}
        item |= {"version": {"N": str(body["version"])}}
        item.pop("outbox", None)
        self.dynamodb.put_item(TableName=self.cloud.outputs["OrdersTable"], Item=item)

    def retire(self, prescription: str) -> None:
        """End a prescription that a test leaves waiting, so that later tests do not carry it."""
        order = self.order(prescription)
        if order["status"] in {"completed", "cancelled"}:
            return
        self.edit_order(prescription, status="cancelled", owner=None, wait=None)
        if order.get("owner"):
            with suppress(ClientError):  # it has just ended by itself
                self.steps.stop_execution(executionArn=order["owner"])

    def expire(self, key: str, attribute: str = "expires_at") -> None:
        """Let a token's time, or another that stands with it, have run out."""
        answer = self.dynamodb.update_item(
            TableName=self.cloud.outputs["TokensTable"],
            Key={"pk": {"S": key}},
            UpdateExpression=f"SET {attribute} = :past",
            ConditionExpression="attribute_exists(pk)",
            ExpressionAttributeValues={":past": {"N": "1"}},
            ReturnValues="ALL_NEW",
        )
        assert answer["Attributes"][attribute]["N"] == "1"

    def expire_link(self, link: str) -> None:
        key = {"pk": {"S": f"link#{_digest(link.rpartition('#t=')[2])}"}}
        answer = self.dynamodb.get_item(TableName=self.cloud.outputs["TokensTable"], Key=key)
        invitation = json.loads(answer["Item"]["held"]["S"])
        self.expire(f"live_link#{invitation['order_id']}")

    def expire_pause(self, prescription: str) -> None:
        """A minute must pass between two links; let it have passed."""
        self.expire(f"link_hour#{prescription}", "last_at")

    def expire_session(self, reference: str) -> None:
        self.expire(f"session#{_digest(reference)}")

    def invited_before(self, prescription: str, *, days: int) -> None:
        """Let the invitation have been so many days ago."""
        orders = DynamoOrders(self.dynamodb, self.cloud.outputs["OrdersTable"])
        enrollment = orders.document(prescription, Enrollment)
        assert enrollment is not None
        assert enrollment.invited_at is not None
        then = enrollment.invited_at - timedelta(days=days)
        orders.put_document(prescription, enrollment.model_copy(update={"invited_at": then}))
        self.edit_order(prescription, created_at=then.isoformat())

    def tamper_with_audit(self, prescription: str, sequence: int, old: str, new: str) -> None:
        """Change one sealed entry as somebody with access to the table could."""
        table = self.cloud.outputs["AuditTable"]
        key = {"pk": {"S": prescription}, "seq": {"N": str(sequence)}}
        item = self.dynamodb.get_item(TableName=table, Key=key)["Item"]
        assert old in item["body"]["S"]
        item["body"]["S"] = item["body"]["S"].replace(old, new)
        self.dynamodb.put_item(TableName=table, Item=item)

    def drop_audit_entry(self, prescription: str, sequence: int) -> None:
        key = {"pk": {"S": prescription}, "seq": {"N": str(sequence)}}
        self.dynamodb.delete_item(TableName=self.cloud.outputs["AuditTable"], Key=key)

    def publish(self, event: dict[str, Any]) -> None:
        """Put an event on the bus once more, exactly as it was."""
        answer = self.events.put_events(
            Entries=[
                {
                    "EventBusName": self.cloud.outputs["EventBus"],
                    "Source": event["source"],
                    "DetailType": event["detail-type"],
                    "Detail": json.dumps(event["detail"]),
                }
            ]
        )
        assert answer["FailedEntryCount"] == 0

    def executions(self, prescription: str, **only: str) -> list[dict[str, Any]]:
        """The executions of both machines that the prescription had; `statusFilter` narrows it."""
        found = []
        for machine in ("FulfillmentMachine", "CancellationMachine"):
            arn = self.cloud.outputs[machine]
            pages = self.steps.get_paginator("list_executions").paginate(
                stateMachineArn=arn, **only
            )
            arns = [each["executionArn"] for page in pages for each in page["executions"]]
            found += [self.steps.describe_execution(executionArn=each) for each in arns]
        return [each for each in found if f'"{prescription}"' in each["input"]]

    def running(self, prescription: str) -> list[str]:
        """The executions that are still at work on it."""
        found = self.executions(prescription, statusFilter="RUNNING")
        return [each["executionArn"] for each in found]

    def seal_audit(self) -> None:
        """A digest of this moment; of chains that tests have broken it complains, once kept."""
        answer = self.functions.invoke(
            FunctionName=self._function("audit_digest"), Payload=b'{"early": true}'
        )
        said = answer["Payload"].read()
        assert "FunctionError" not in answer or b"audit.chains_broken" in said, said

    def invoke(self, name: str) -> None:
        """Let a scheduled function have its turn now."""
        answer = self.functions.invoke(FunctionName=self._function(name), Payload=b"{}")
        assert "FunctionError" not in answer, answer["Payload"].read()

    def handled(self, name: str, event: dict[str, Any]) -> int:
        """How often a consumer said that it has dealt with this event."""
        mine = [line for line in self.said(name) if event["detail"]["meta"]["event_id"] in line]
        return sum("event handled" in line for line in mine)

    def said(self, name: str) -> list[str]:
        """The lines of a function's log."""
        found = self.logs.filter_log_events(logGroupName=f"/aws/lambda/{self._function(name)}")
        return [line["message"] for line in found["events"]]

    @contextmanager
    def binding(self, **bound: list[str]) -> Iterator[None]:
        """While it lasts, the provider's client may speak for these senders and prescribers."""
        outputs = self.cloud.outputs
        table = outputs["DirectoryTable"]
        key = {"pk": {"S": f"client#{outputs['ProviderClientId']}"}, "sk": {"S": "client"}}
        before = self.dynamodb.get_item(TableName=table, Key=key)["Item"]
        body = json.dumps(json.loads(before["body"]["S"]) | bound)
        self.dynamodb.put_item(TableName=table, Item={**before, "body": {"S": body}})
        self.renew("intake")  # its processes remember bindings for a minute
        try:
            yield
        finally:
            self.dynamodb.put_item(TableName=table, Item=before)
            self.renew("intake")

    def renew(self, name: str) -> None:
        """Give the function its code again, in new processes."""
        self._deploy(name, self._code(name))

    @contextmanager
    def replaced(self, name: str, handler: str) -> Iterator[None]:
        """While it lasts, the function has another handler module."""
        whole = self._code(name)
        self._deploy(name, _with(whole, f"functions/{name}/handler.py", handler))
        try:
            yield
        finally:
            self._deploy(name, whole)

    @contextmanager
    def every_minute(self, name: str) -> Iterator[None]:
        """While it lasts, a scheduled function has its turn as often as a schedule allows."""
        arn = self.functions.get_function(FunctionName=self._function(name))["Configuration"]
        found = self.events.list_rule_names_by_target(TargetArn=arn["FunctionArn"])
        (rule,) = found["RuleNames"]
        before = self.events.describe_rule(Name=rule)["ScheduleExpression"]
        self._schedule(rule, "rate(1 minute)")
        try:
            yield
        finally:
            self._schedule(rule, before)

    def _schedule(self, rule: str, expression: str) -> None:
        """LocalStack takes a new schedule up with its targets, not before."""
        targets = self.events.list_targets_by_rule(Rule=rule)["Targets"]
        self.events.put_rule(Name=rule, ScheduleExpression=expression, State="ENABLED")
        self.events.put_targets(Rule=rule, Targets=targets)

    @contextmanager
    def hurried(self, state: str, *, timeout_s: int) -> Iterator[None]:
        """While it lasts, new executions wait there no longer than this."""
        arn = self.cloud.outputs["FulfillmentMachine"]
        before = self.steps.describe_state_machine(stateMachineArn=arn)["definition"]
        definition = json.loads(before)
        definition["States"][state]["TimeoutSeconds"] = timeout_s
        self.steps.update_state_machine(stateMachineArn=arn, definition=json.dumps(definition))
        try:
            yield
        finally:
            self.steps.update_state_machine(stateMachineArn=arn, definition=before)

    def _code(self, name: str) -> bytes:
        """The function's package as the engine has it: what lies in it depends on the stage."""
        found = self.functions.get_function(FunctionName=self._function(name))
        # Its host is a name that means this machine, wherever a name server tells so.
        location = httpx.URL(found["Code"]["Location"])
        here = f"{self.cloud.engine.url}{location.raw_path.decode()}"
        answer = httpx.get(here, headers={"Host": location.netloc.decode()}, trust_env=False)
        answer.raise_for_status()
        return answer.content

    def _deploy(self, name: str, package: bytes) -> None:
        function = self._function(name)
        self.functions.update_function_code(FunctionName=function, ZipFile=package)
        self.functions.get_waiter("function_updated").wait(
            FunctionName=function, WaiterConfig={"Delay": 1}
        )

    def _order_item(self, prescription: str) -> dict[str, Any]:
        answer = self.dynamodb.get_item(
            TableName=self.cloud.outputs["OrdersTable"],
            Key={"pk": {"S": f"rx#{prescription}"}, "sk": {"S": "order"}},
            ConsistentRead=True,
        )
        return dict(answer["Item"])

    def _function(self, name: str) -> str:
        return f"pharmonico-{self.cloud.stage}-{name}"


def _with(package: bytes, path: str, text: str) -> bytes:
    """The package with another text at the path."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            new.writestr(name, text if name == path else old.read(name))
        assert path in new.namelist()
    return packed.getvalue()


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
