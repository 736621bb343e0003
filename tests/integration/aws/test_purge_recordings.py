"""The API deletes on AWS, and the function that comes every minute does it for good."""

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import boto3
import pytest

from functions.api import app as api
from functions.purge_recordings import app as purge_recordings
from mntreamer.domain.recordings.recording import RecordingStatus
from mntreamer.ports import Ports
from tests.contract.records import a_recording
from tests.integration.aws.conftest import BUCKET, TOKEN
from tests.integration.aws.test_handlers import context, event

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

MANY = 2500
ID = "chzzk:c1:1001"
PREFIX = "media/chzzk/채널.1f0a9c3e/2026/11/22/1/"
NEIGHBOUR = PREFIX.replace("/1/", "/11/") + "segments/000-0000000000-0000000000.ts"


@pytest.fixture
def bucket(ports: Ports) -> "S3Client":
    """With a recording of three segments that was closed an hour ago, and one object of another."""
    past = ports.clock() - timedelta(hours=1)
    recording = a_recording(status=RecordingStatus.IDLE, prefix=PREFIX, closed_at=past, started_at=past)
    assert ports.recordings.open(recording, past.date())
    s3 = boto3.client("s3")
    _grow(s3, range(3))
    s3.put_object(Bucket=BUCKET, Key=NEIGHBOUR, Body=b"")
    return s3


def _grow(s3: "S3Client", numbers: range) -> None:
    for number in numbers:
        s3.put_object(Bucket=BUCKET, Key=f"{PREFIX}segments/000-{number:010d}-{number:010d}.ts", Body=b"")


def _keys(s3: "S3Client") -> list[str]:
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=BUCKET)
    return [entry["Key"] for page in pages for entry in page.get("Contents", [])]


def _asked(method: str, path: str, query: str = "") -> Any:
    request = event("api_request")
    request["headers"] = {**request["headers"], "authorization": f"Bearer {TOKEN}"}
    request |= {"rawPath": path, "rawQueryString": query, "body": None}
    request["queryStringParameters"] = dict(pair.split("=") for pair in query.split("&") if pair)
    request["requestContext"]["http"] |= {"method": method, "path": path}
    answer = api.handler(request, context())
    return answer["statusCode"], json.loads(answer["body"])


def test_what_is_deleted_at_once_is_gone_and_its_row_and_its_neighbour_stay(
    ports: Ports, bucket: "S3Client", monkeypatch: pytest.MonkeyPatch
) -> None:
    _grow(bucket, range(3, MANY))
    monkeypatch.setattr(purge_recordings, "OBJECTS", 2000)
    status, deleted = _asked("DELETE", f"/api/v1/recordings/{ID}", "purge=true")
    assert (status, deleted["status"]) == (200, "TERMINATED")

    runs = [purge_recordings.handler(event("tick"), context())["deleted"] for _ in range(3)]

    assert runs == [2000, MANY + 1 - 2000, 0]  # and the edits, which said that it is withdrawn
    assert _keys(bucket) == [NEIGHBOUR]
    row = ports.recordings.get(ID)
    assert row
    assert row.purged_at
    assert _asked("POST", f"/api/v1/recordings/{ID}/restore")[0] == 409


def test_within_the_grace_time_all_is_kept_and_comes_back(ports: Ports, bucket: "S3Client") -> None:
    before = _keys(bucket)
    assert _asked("DELETE", f"/api/v1/recordings/{ID}")[1]["status"] == "TERMINATED"

    assert purge_recordings.handler(event("tick"), context()) == {"deleted": 0, "given_up": 0}
    assert _asked("POST", f"/api/v1/recordings/{ID}/restore")[1]["status"] == "IDLE"

    assert set(before) <= {*_keys(bucket)}
    assert ports.recordings.due_purges(ports.clock() + timedelta(days=30), 10) == []
    assert _asked("POST", f"/api/v1/recordings/{ID}/confirm")[1]["status"] == "DONE"


def test_what_nobody_confirmed_for_as_long_as_is_set_is_given_up(
    ports: Ports, bucket: "S3Client", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MNTREAMER_UNREFINED_DAYS", "0.04")
    before = _keys(bucket)

    assert purge_recordings.handler(event("tick"), context()) == {"deleted": 0, "given_up": 1}

    row = ports.recordings.get(ID)
    assert row
    assert row.status is RecordingStatus.TERMINATED
    assert set(before) <= {*_keys(bucket)}
    assert _asked("POST", f"/api/v1/recordings/{ID}/restore")[1]["status"] == "IDLE"
    assert purge_recordings.handler(event("tick"), context())["given_up"] == 0
