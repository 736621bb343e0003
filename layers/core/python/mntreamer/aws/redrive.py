"""`python -m mntreamer.aws.redrive QUEUE_URL`: what failed is given to its function again.

Whoever runs it may read and delete the queue's messages, read the table's stream and invoke the functions. A message
leaves the queue once its function has done it. Exit codes: 0 all is done, 1 something failed again and stays in the
queue, or the queue cannot be read, 2 wrong usage.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from mntreamer.aws.clients import CONFIG, INVOKE_CONFIG
from mntreamer.aws.failed_event import FailedEvent, FailedRecords, parse_failed_event
from mntreamer.domain.errors import BadInput, FailedAgain, MntreamerError

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.type_defs import MessageTypeDef


def main() -> int:
    usage = argparse.ArgumentParser(prog="python -m mntreamer.aws.redrive")
    usage.add_argument("queue_url", help="the stack's output FailedEvents")
    queue_url = usage.parse_args().queue_url
    try:
        done, failures = redrive(queue_url)
    except (ClientError, BotoCoreError) as error:
        sys.stderr.write(f"mntreamer: the queue cannot be read: {error}\n")
        return 1
    sys.stderr.writelines(f"mntreamer: {failure}\n" for failure in failures)
    sys.stdout.write(f"{done} done, {len(failures)} left\n")
    return 1 if failures else 0


def redrive(queue_url: str) -> tuple[int, list[str]]:
    """Give every message that waits in the queue to its function, once; how many are done, and why others are not."""
    sqs = boto3.client("sqs", config=CONFIG)
    done, failures = 0, []
    for message in _waiting(sqs, queue_url):
        try:
            _send_again(message)
        except (MntreamerError, ClientError, BotoCoreError) as error:
            failures.append(f"{message['MessageId']}: {error}")
        else:
            sqs.delete_message(QueueUrl=queue_url, ReceiptHandle=message["ReceiptHandle"])
            done += 1
    return done, failures


def _waiting(sqs: "SQSClient", queue_url: str) -> Iterator["MessageTypeDef"]:
    """Each message once, though one that fails is visible again after a while."""
    seen: set[str] = set()
    while messages := sqs.receive_message(
        QueueUrl=queue_url, MaxNumberOfMessages=10, WaitTimeSeconds=1, MessageAttributeNames=["All"]
    ).get("Messages"):
        fresh = [message for message in messages if message["MessageId"] not in seen]
        if not fresh:
            return
        seen |= {message["MessageId"] for message in fresh}
        yield from fresh


def _send_again(message: "MessageTypeDef") -> None:
    attributes = {name: value.get("StringValue", "") for name, value in message.get("MessageAttributes", {}).items()}
    match parse_failed_event(message["Body"], attributes):
        case FailedEvent(function_arn, event):
            _invoke(function_arn, json.dumps(event))
        case FailedRecords() as failed:
            records = list(_records_of(failed))
            _invoke(failed.function_arn, json.dumps({"Records": records}, default=_as_lambda_tells))


def _invoke(function_arn: str, payload: str) -> None:
    """And wait for it. Raises FailedAgain; why it failed the function's log says."""
    answer = boto3.client("lambda", config=INVOKE_CONFIG).invoke(FunctionName=function_arn, Payload=payload)
    said = json.loads(answer["Payload"].read() or "null")
    if "FunctionError" in answer or (isinstance(said, dict) and said.get("batchItemFailures")):
        raise FailedAgain(f"{function_arn} failed again; its log says why")


def _records_of(failed: FailedRecords) -> Iterator[Any]:
    """As the stream still has them. Raises BadInput where it has forgotten them."""
    client: Any = boto3.client("dynamodbstreams", config=CONFIG)
    forgotten = (client.exceptions.TrimmedDataAccessException, client.exceptions.ResourceNotFoundException)
    try:
        for record in _from(client, failed):
            yield record
            if int(record["dynamodb"]["SequenceNumber"]) >= int(failed.last_sequence_number):
                return
    except forgotten:
        raise BadInput("the stream keeps records for a day, and these are older: any edit publishes anew") from None


def _from(client: Any, failed: FailedRecords) -> Iterator[Any]:
    """The shard's records from the first that failed."""
    iterator = client.get_shard_iterator(
        StreamArn=failed.stream_arn,
        ShardId=failed.shard_id,
        ShardIteratorType="AT_SEQUENCE_NUMBER",
        SequenceNumber=failed.first_sequence_number,
    ).get("ShardIterator")
    while iterator:
        answer = client.get_records(ShardIterator=iterator)
        yield from answer["Records"]
        iterator = answer.get("NextShardIterator")


def _as_lambda_tells(moment: datetime) -> float:
    return moment.timestamp()


if __name__ == "__main__":
    sys.exit(main())
