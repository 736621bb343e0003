"""Due monitors that one worker hands on to others through SQS."""

import json
import logging
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from mntreamer.domain.monitors.due import Due
from mntreamer.domain.times import from_iso, to_iso
from mntreamer.rows import from_row, to_row

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

_logger = logging.getLogger(__name__)


class CheckQueue:
    """Each message is one worker's share, and until when it is worth beginning a check of it.

    SQS may deliver a message late or twice: a monitor that was claimed since is found taken, one that was not is
    still due and is handed on again by the next tick.
    """

    def __init__(self, client: "SQSClient", url: str) -> None:
        self._client = client
        self._url = url

    def send(self, share: Sequence[Due], until: datetime) -> bool:
        """Whether SQS took it; what it did not take is the sender's own to do."""
        try:
            self._client.send_message(QueueUrl=self._url, MessageBody=to_message(share, until))
        except (ClientError, BotoCoreError) as error:
            _logger.error("a share of %d due monitors was not handed on: %s", len(share), error)
            return False
        return True


def to_message(share: Sequence[Due], until: datetime) -> str:
    """Some 200 bytes a monitor; SQS takes 256 KiB."""
    return json.dumps({"until": to_iso(until), "due": [to_row(monitor) for monitor in share]})


def from_message(body: str) -> tuple[list[Due], datetime]:
    message = json.loads(body)
    return [from_row(Due, row) for row in message["due"]], from_iso(message["until"])
