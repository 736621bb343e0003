"""What ECS sees of a recorder's progress: the health of its container follows what AWS takes."""

import os
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import boto3
import pytest
from botocore.exceptions import ClientError

from mntreamer.aws import composition, healthy
from mntreamer.aws.progress import show_progress
from tests.contract.records import a_problem, a_recording
from tests.contract.tables import STATE
from tests.integration.aws.conftest import BUCKET

pytestmark = pytest.mark.usefixtures("aws")

SEGMENT = "media/segment"


@pytest.fixture(autouse=True)
def a_task_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)


def nothing_for(seconds: float) -> None:
    then = time.time() - seconds
    os.utime(healthy.progress_file(), (then, then))


def test_one_that_never_began_is_unhealthy() -> None:
    assert healthy.main() == 1


def test_one_that_has_begun_is_healthy_for_a_while() -> None:
    show_progress()
    assert healthy.main() == 0
    nothing_for(181)
    assert healthy.main() == 1


def test_what_is_stored_is_progress() -> None:
    show_progress()
    nothing_for(600)
    boto3.client("s3").put_object(Bucket=BUCKET, Key=SEGMENT)
    assert healthy.main() == 0


def test_a_recorder_that_waits_and_tells_its_row_is_healthy() -> None:
    show_progress()
    ports = composition.serving_ports()
    recording = a_recording()
    ports.recordings.open(recording, datetime(2026, 11, 22, tzinfo=UTC).date())
    nothing_for(600)
    ports.recordings.update(recording.recording_id, {"problem": a_problem("the source stalls")}, {})
    assert healthy.main() == 0


def test_one_that_merely_asks_its_platform_is_not() -> None:
    show_progress()
    nothing_for(600)
    boto3.client("dynamodb").update_item(
        TableName=STATE,
        Key={"name": {"S": "chzzk"}},
        UpdateExpression="SET next_at = :then",
        ExpressionAttributeValues={":then": {"S": "2026-11-22"}},
        ReturnValues="ALL_NEW",
    )
    assert healthy.main() == 1


def test_what_is_read_or_refused_is_no_progress() -> None:
    boto3.client("s3").put_object(Bucket=BUCKET, Key=SEGMENT)
    show_progress()
    nothing_for(600)
    boto3.client("s3").get_object(Bucket=BUCKET, Key=SEGMENT)
    with pytest.raises(ClientError):
        boto3.client("s3").put_object(Bucket=BUCKET, Key=SEGMENT, IfNoneMatch="*")
    assert healthy.main() == 1


def test_a_write_is_done_although_it_cannot_be_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    show_progress()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    boto3.client("s3").put_object(Bucket=BUCKET, Key=SEGMENT)
    assert boto3.client("s3").head_object(Bucket=BUCKET, Key=SEGMENT)
    assert healthy.main() == 1
