"""What AWS leaves in the queue of failed events, told three ways by who left it there."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mntreamer.domain.errors import BadInput


@dataclass(frozen=True, slots=True)
class FailedEvent:
    """`event` is what the function with this ARN was given, or was to be given."""

    function_arn: str
    event: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FailedRecords:
    """A piece of a table's stream: Lambda tells where the records are and not what they were."""

    function_arn: str
    stream_arn: str
    shard_id: str
    first_sequence_number: str
    last_sequence_number: str


def parse_failed_event(body: str, attributes: Mapping[str, str]) -> FailedEvent | FailedRecords:
    """Read a message: Lambda's invocation record, or an event with the attributes of EventBridge's dead letters.

    Raises BadInput for what is neither.
    https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
    https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
    """
    match _json(body):
        case {"requestContext": {"functionArn": str(function)}, "requestPayload": dict(event)}:
            return FailedEvent(function, event)
        case {"requestContext": {"functionArn": str(function)}, "DDBStreamBatchInfo": dict(batch)}:
            return _records(function, batch)
        case dict(event) if "TARGET_ARN" in attributes:
            return FailedEvent(attributes["TARGET_ARN"], event)
    raise BadInput("it is no event that failed; it stays in the queue")


def _records(function_arn: str, batch: Mapping[str, Any]) -> FailedRecords:
    try:
        return FailedRecords(
            function_arn,
            batch["streamArn"],
            batch["shardId"],
            batch["startSequenceNumber"],
            batch["endSequenceNumber"],
        )
    except KeyError as missing:
        raise BadInput(f"it is about records of a stream and does not say {missing}; it stays in the queue") from None


def _json(body: str) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        raise BadInput("it is no JSON; it stays in the queue") from None
