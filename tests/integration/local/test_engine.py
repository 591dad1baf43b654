"""The embedded engine keeps its data, through a clean end and through a kill."""

from __future__ import annotations

import io
import json
import os
import signal
import time
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from local import processes
from local.aws import Engine
from local.engine import NAME, engine_answers, start_engine, stop_engine
from local.engine.journal import Journal
from local.place import LOOPBACK, LocalError
from tests.integration.local.conftest import free_port

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from local.place import Place

TABLE = "orders"
KEY = {"AttributeName": "pk", "KeyType": "HASH"}
CHECKPOINT_S = 4.0
DELIVERY_S = 20.0
# It writes each new image into a second table: what was delivered can be read there.
CONSUMER = """
import boto3

def handler(event, context):
    table = boto3.client("dynamodb")
    for record in event["Records"]:
        image = record["dynamodb"]["NewImage"]
        table.put_item(TableName="delivered", Item={"pk": image["pk"]})
"""


def up(place: Place, port: int) -> Engine:
    start_engine(place, port=port)
    return Engine(f"http://{LOOPBACK}:{port}")


def kill(place: Place) -> None:
    os.kill(int(place.pid(NAME).read_text()), signal.SIGKILL)
    wait_until(lambda: not processes.running(place, NAME))


def wait_until(look: Any, seconds: float = DELIVERY_S) -> None:
    deadline = time.monotonic() + seconds
    while not look():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def make_table(engine: Engine, name: str, **options: Any) -> dict[str, Any]:
    made = engine.client("dynamodb").create_table(
        TableName=name,
        KeySchema=[KEY],
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
        **options,
    )
    return dict(made["TableDescription"])


def put(engine: Engine, table: str, *names: str) -> None:
    for name in names:
        engine.client("dynamodb").put_item(TableName=table, Item={"pk": {"S": name}})


def names_in(engine: Engine, table: str) -> set[str]:
    items = engine.client("dynamodb").scan(TableName=table)["Items"]
    return {item["pk"]["S"] for item in items}


def test_it_answers_on_loopback_and_is_gone_after_a_stop(place: Place, port: int) -> None:
    assert start_engine(place, port=port)
    assert engine_answers(port)
    assert not start_engine(place, port=port)  # it runs already
    assert stop_engine(place)
    assert not engine_answers(port)
    assert not stop_engine(place)  # nothing is left to stop


def test_a_clean_end_keeps_everything(place: Place, port: int) -> None:
    engine = up(place, port)
    make_table(engine, TABLE)
    put(engine, TABLE, "a")
    engine.client("s3").create_bucket(Bucket="cards")
    engine.client("s3").put_object(Bucket="cards", Key="k", Body=b"\x00\xff")
    stop_engine(place)
    engine = up(place, port)
    assert names_in(engine, TABLE) == {"a"}
    assert engine.client("s3").get_object(Bucket="cards", Key="k")["Body"].read() == b"\x00\xff"


def test_a_kill_loses_no_write_that_was_answered(place: Place, port: int) -> None:
    engine = up(place, port)
    make_table(engine, TABLE)
    time.sleep(CHECKPOINT_S)
    put(engine, TABLE, *(f"rx_{number}" for number in range(50)))
    kill(place)
    assert not engine_answers(port)
    engine = up(place, port)
    assert len(names_in(engine, TABLE)) == 50
    put(engine, TABLE, "last")
    kill(place)  # the writes of before the first kill are kept through the second
    assert len(names_in(up(place, port), TABLE)) == 51


def test_a_write_that_lost_its_race_does_not_win_it_after_a_kill(place: Place, port: int) -> None:
    engine = up(place, port)
    make_table(engine, TABLE)
    time.sleep(CHECKPOINT_S)
    write = engine.client("dynamodb").put_item
    first = {"pk": {"S": "rx"}, "by": {"S": "first"}}
    write(TableName=TABLE, Item=first, ConditionExpression="attribute_not_exists(pk)")
    with pytest.raises(ClientError):
        write(
            TableName=TABLE,
            Item={"pk": {"S": "rx"}, "by": {"S": "second"}},
            ConditionExpression="attribute_not_exists(pk)",
        )
    kill(place)
    engine = up(place, port)
    assert engine.client("dynamodb").scan(TableName=TABLE)["Items"] == [first]


def test_a_journal_cut_short_by_the_kill_gives_what_is_whole(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.append([(b"x-amz-target", b"a")], b"\x00\xff")
    held = journal.turn()
    journal.append([], b"second")
    journal.turn()
    with next(iter(sorted(tmp_path.iterdir(), reverse=True))).open("a") as file:
        file.write('{"headers": [')
    assert [body for _, body in Journal(tmp_path).entries()] == [b"\x00\xff", b"second"]
    journal.drop(held)
    assert [body for _, body in Journal(tmp_path).entries()] == [b"second"]


@pytest.mark.parametrize("end", [kill, stop_engine])
def test_stream_records_reach_their_function_after_a_restart(
    place: Place, port: int, end: Callable[[Place], Any]
) -> None:
    engine = up(place, port)
    stream = {"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"}
    source = make_table(engine, TABLE, StreamSpecification=stream)["LatestStreamArn"]
    make_table(engine, "delivered")
    consume(engine, source)
    put(engine, TABLE, "before")
    wait_until(lambda: names_in(engine, "delivered") == {"before"})
    time.sleep(CHECKPOINT_S)
    end(place)
    engine = up(place, port)
    put(engine, TABLE, "after")
    wait_until(lambda: "after" in names_in(engine, "delivered"))


def test_queues_are_read_at_another_port_too(place: Place, port: int) -> None:
    engine = up(place, port)
    sqs = engine.client("sqs")
    sqs.create_queue(QueueName="inbox")
    sqs.send_message(QueueUrl=sqs.get_queue_url(QueueName="inbox")["QueueUrl"], MessageBody="a")
    stop_engine(place)
    other = free_port()
    sqs = up(place, other).client("sqs")
    url = sqs.get_queue_url(QueueName="inbox")["QueueUrl"]
    assert url.startswith(f"http://127.0.0.1:{other}/")
    assert sqs.list_queues()["QueueUrls"] == [url]
    assert [each["Body"] for each in sqs.receive_message(QueueUrl=url)["Messages"]] == ["a"]


def test_an_engine_that_cannot_start_says_why_in_one_line(place: Place, port: int) -> None:
    up(place, port)
    other = type(place)(place.data / "other")
    with pytest.raises(LocalError, match="the engine did not start"):
        processes.start(
            other,
            NAME,
            ["false"],
            environment={"PATH": os.defpath},
            healthy=lambda: False,
        )
    assert not processes.running(other, NAME)


def consume(engine: Engine, source: str) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("consumer.py", CONSUMER)
    role = {"Version": "2012-10-17", "Statement": []}
    iam = engine.client("iam")
    made = iam.create_role(RoleName="consumer", AssumeRolePolicyDocument=json.dumps(role))
    functions = engine.client("lambda")
    functions.create_function(
        FunctionName="consumer",
        Runtime="python3.13",
        Handler="consumer.handler",
        Role=made["Role"]["Arn"],
        Code={"ZipFile": packed.getvalue()},
        Timeout=20,
    )
    functions.create_event_source_mapping(
        FunctionName="consumer", EventSourceArn=source, StartingPosition="TRIM_HORIZON"
    )
