"""The bus for notices, on moto, with an ear at it."""

import json
from typing import Any, Final

import boto3

from mntreamer.aws.event_bus import NOTICES, POSTINGS

NAME: Final = "notices"


class Bus:
    """What is on the bus, as the rule of `Notify` sees it."""

    def __init__(self) -> None:
        self._sqs = boto3.client("sqs")
        self._queue = self._sqs.create_queue(QueueName="heard")["QueueUrl"]
        arn = self._sqs.get_queue_attributes(QueueUrl=self._queue, AttributeNames=["QueueArn"])["Attributes"][
            "QueueArn"
        ]
        events = boto3.client("events")
        events.create_event_bus(Name=NAME)
        pattern = json.dumps({"source": [NOTICES, POSTINGS]})
        events.put_rule(Name="all", EventBusName=NAME, EventPattern=pattern)
        events.put_targets(Rule="all", EventBusName=NAME, Targets=[{"Id": "1", "Arn": arn}])

    def heard(self) -> list[dict[str, Any]]:
        """All since the last time."""
        bodies = []
        while found := self._sqs.receive_message(QueueUrl=self._queue, MaxNumberOfMessages=10).get("Messages"):
            for message in found:
                bodies.append(json.loads(message["Body"]))
                self._sqs.delete_message(QueueUrl=self._queue, ReceiptHandle=message["ReceiptHandle"])
        return bodies
