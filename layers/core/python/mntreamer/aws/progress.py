"""How a recorder's container shows progress: a file, touched whenever AWS stored something of it or took its row."""

from contextlib import suppress
from http import HTTPStatus
from typing import Any

import boto3
import botocore.session

from mntreamer.aws.healthy import progress_file


def show_progress() -> None:
    """From now on every client that is made shows its writes, and this is the first. Raises OSError."""
    session = botocore.session.get_session()
    session.register("after-call.s3.PutObject", _on_put)
    session.register("after-call.dynamodb.UpdateItem", _on_update)
    boto3.setup_default_session(botocore_session=session)
    progress_file().touch()


def _on_put(**call: Any) -> None:
    if call["http_response"].status_code < HTTPStatus.MULTIPLE_CHOICES:
        _touch()


def _on_update(**call: Any) -> None:
    """The recording's row, and none of those that a recorder writes while it merely asks a platform."""
    if "lease_until" in call["parsed"].get("Attributes", {}):
        _touch()


def _touch() -> None:
    """What is done is done, whether or not it can be shown; the container's health tells that it cannot."""
    with suppress(OSError):
        progress_file().touch()
