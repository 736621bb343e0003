"""What failed on AWS is sent to its function again, with the messages that AWS leaves in the queue."""

import io
import json
import sys
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import boto3
import pytest

from functions.publish_playlist import app as publish_playlist
from mntreamer.aws import composition, redrive
from tests.contract.records import NOON
from tests.integration.aws.test_handlers import SOURCE, context, event

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

FUNCTION = "arn:aws:lambda:ap-northeast-2:123456789012:function:mntreamer-PublishPlaylist-0a1b2c3d4e5f"
RULE = "arn:aws:events:ap-northeast-2:123456789012:rule/mntreamer-PublishPlaylistSourceWritten-0a1b2c3d4e5f"
PREFIX = SOURCE.removesuffix("source.m3u8")
PLAYLIST = b"#EXTM3U\n#EXT-X-TARGETDURATION:6\n"


Answer = tuple[Any, dict[str, Any]]


def answered(status: int = 200, **parsed: Any) -> Answer:
    return SimpleNamespace(status_code=status), parsed


class Lambda:
    """The functions of this account: invoking one runs its handler. `invoked` are their ARNs."""

    def __init__(self) -> None:
        self.invoked: list[str] = []

    def invoke(self, params: dict[str, Any], **_: Any) -> Answer:
        self.invoked.append(unquote(params["url_path"].split("/")[3]))
        try:
            said = publish_playlist.handler(json.loads(params["body"]), context())
        except Exception as error:  # noqa: BLE001 -- as Lambda does
            return answered(Payload=payload({"errorType": type(error).__name__}), FunctionError="Unhandled")
        return answered(Payload=payload(said))


def payload(said: Any) -> io.BytesIO:
    return io.BytesIO(json.dumps(said).encode())


@dataclass
class Stream:
    """A shard whose records are of this recording, each on a page of its own; it forgets them when `is_old`."""

    is_old: bool = False

    def iterate(self, params: dict[str, Any], **_: Any) -> Answer:
        asked = json.loads(params["body"])
        assert asked["ShardIteratorType"] == "AT_SEQUENCE_NUMBER"
        if self.is_old:
            return answered(400, Error={"Code": "TrimmedDataAccessException", "Message": "trimmed"})
        return answered(ShardIterator=asked["SequenceNumber"])

    @staticmethod
    def read(params: dict[str, Any], **_: Any) -> Answer:
        number = json.loads(params["body"])["ShardIterator"]
        record = event("recording_closed")["Records"][0]
        record["dynamodb"] |= {"SequenceNumber": number, "ApproximateCreationDateTime": NOON}
        return answered(Records=[record], NextShardIterator=str(int(number) + 1))


@pytest.fixture
def stream() -> Stream:
    return Stream()


@pytest.fixture
def functions(aws: None, stream: Stream, monkeypatch: pytest.MonkeyPatch) -> Lambda:  # noqa: ARG001
    """What moto has not: functions that run, and streams."""
    functions, make = Lambda(), boto3.client

    def make_client(service: str, **settings: Any) -> Any:
        client: Any = make(service, **settings)  # type: ignore[call-overload]
        client.meta.events.register("before-call.lambda.Invoke", functions.invoke)
        client.meta.events.register("before-call.dynamodb-streams.GetShardIterator", stream.iterate)
        client.meta.events.register("before-call.dynamodb-streams.GetRecords", stream.read)
        return client

    monkeypatch.setattr(boto3, "client", make_client)
    return functions


@pytest.fixture
def queue(functions: Lambda) -> str:  # noqa: ARG001 -- there before the queue is
    sqs: SQSClient = boto3.client("sqs")
    return sqs.create_queue(QueueName="failed-events", Attributes={"VisibilityTimeout": "120"})["QueueUrl"]


def leave(queue: str, body: Any, **attributes: str) -> None:
    sqs: SQSClient = boto3.client("sqs")
    sqs.send_message(
        QueueUrl=queue,
        MessageBody=body if isinstance(body, str) else json.dumps(body, ensure_ascii=False),
        MessageAttributes={name: {"DataType": "String", "StringValue": value} for name, value in attributes.items()},
    )


def left_in(queue: str) -> int:
    """Also what is invisible for a while."""
    sqs: SQSClient = boto3.client("sqs")
    numbers = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["All"])["Attributes"]
    return int(numbers["ApproximateNumberOfMessages"]) + int(numbers["ApproximateNumberOfMessagesNotVisible"])


def record_source(text: bytes = PLAYLIST) -> None:
    composition.media_store().put(SOURCE, text, "application/vnd.apple.mpegurl", None)


def is_published() -> bool:
    return composition.media_store().get(f"{PREFIX}index.m3u8") is not None


def test_what_a_function_could_not_do_is_done(queue: str, functions: Lambda) -> None:
    record_source()
    leave(queue, event("failed_invocation"))

    assert redrive.redrive(queue) == (1, [])

    assert functions.invoked == [f"{FUNCTION}:$LATEST"]
    assert is_published()
    assert left_in(queue) == 0


def test_what_no_rule_could_deliver_is_delivered(queue: str, functions: Lambda) -> None:
    record_source()
    leave(queue, event("source_written"), RULE_ARN=RULE, TARGET_ARN=FUNCTION, ERROR_CODE="THROTTLING")

    assert redrive.redrive(queue) == (1, [])

    assert functions.invoked == [FUNCTION]
    assert is_published()


def failed_records(count: int) -> Any:
    failed = event("failed_records")
    batch = failed["DDBStreamBatchInfo"]
    batch["endSequenceNumber"] = str(int(batch["startSequenceNumber"]) + count - 1)
    return failed


def test_the_records_of_a_stream_are_read_again_all_of_them_and_no_others(
    queue: str, functions: Lambda, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    monkeypatch.setattr(publish_playlist, "_publish", seen.append)
    leave(queue, failed_records(3))

    assert redrive.redrive(queue) == (1, [])

    assert (functions.invoked, seen) == ([FUNCTION], [PREFIX] * 3)
    assert left_in(queue) == 0


def test_records_that_fail_again_stay(queue: str) -> None:
    record_source(b"damaged")
    leave(queue, failed_records(2))

    done, [failure] = redrive.redrive(queue)

    assert (done, left_in(queue)) == (0, 1)
    assert "failed again" in failure


def test_records_that_the_stream_has_forgotten_are_told_as_such(queue: str, stream: Stream) -> None:
    stream.is_old = True
    leave(queue, failed_records(1))

    done, [failure] = redrive.redrive(queue)

    assert (done, left_in(queue)) == (0, 1)
    assert "for a day" in failure


def test_one_that_fails_again_stays_and_holds_up_no_other(queue: str, functions: Lambda) -> None:
    record_source(b"damaged")
    other = json.loads(json.dumps(event("failed_invocation")).replace("/1/source", "/2/source"))
    messages: list[Any] = [event("failed_invocation"), "no JSON", {"due": []}, other]
    for message in messages:
        leave(queue, message)

    done, failures = redrive.redrive(queue)

    assert (done, len(failures), left_in(queue)) == (1, 3, 3)
    assert len(functions.invoked) == 2


def test_a_message_is_sent_once_though_it_is_visible_again_at_once(queue: str, functions: Lambda) -> None:
    sqs: SQSClient = boto3.client("sqs")
    sqs.set_queue_attributes(QueueUrl=queue, Attributes={"VisibilityTimeout": "0"})
    record_source(b"damaged")
    leave(queue, event("failed_invocation"))

    redrive.redrive(queue)

    assert len(functions.invoked) == 1


@pytest.mark.parametrize(("source", "code", "said"), [(PLAYLIST, 0, "1 done, 0 left"), (b"x", 1, "0 done, 1 left")])
def test_the_command_says_how_it_went(
    queue: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    source: bytes,
    code: int,
    said: str,
) -> None:
    record_source(source)
    leave(queue, event("failed_invocation"))
    monkeypatch.setattr(sys, "argv", ["redrive", queue])

    assert redrive.main() == code
    assert said in capsys.readouterr().out


def test_a_queue_that_is_none_is_said(
    functions: Lambda, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["redrive", "https://sqs.ap-northeast-2.amazonaws.com/123456789012/none"])

    assert redrive.main() == 1
    assert "the queue cannot be read" in capsys.readouterr().err
    assert functions.invoked == []
