"""An export on AWS, from the order to the link: the API starts a task, which writes to the bucket in parts."""

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import boto3
import pytest

from functions.api import app as api
from mntreamer.aws import composition, exporter
from mntreamer.domain.recordings.recording import RecordingStatus
from tests.contract.records import a_recording
from tests.faults.takes import Encoding
from tests.integration.aws.conftest import BUCKET, TOKEN
from tests.integration.aws.test_handlers import context, event
from tests.integration.exporter.stored_recording import StoredRecording, content_of

if TYPE_CHECKING:
    from mntreamer.ports import Ports

EXPORTS = "/api/v1/recordings/chzzk:c1:1001/exports"


@pytest.fixture
def recording(ports: "Ports") -> StoredRecording:
    row = a_recording(status=RecordingStatus.IDLE)
    ports.recordings.open(row, datetime(2026, 11, 22, tzinfo=UTC).date())
    recording = StoredRecording(composition.media_store(), row.prefix)
    recording.record(Encoding(1), 3)
    return recording


def call(method: str, path: str, body: Any = None) -> Any:
    request = event("api_request")
    request["rawPath"] = request["requestContext"]["http"]["path"] = path
    request["requestContext"]["http"]["method"] = method
    request["headers"] |= {"authorization": f"Bearer {TOKEN}", "content-type": "application/json"}
    request["body"] = json.dumps(body) if body else None
    answer = api.handler(request, context())
    assert answer["statusCode"] < 300, answer["body"]
    return json.loads(answer["body"])


def told() -> dict[str, str]:
    """What the one task that was started is told."""
    ecs = boto3.client("ecs")
    [arn] = ecs.list_tasks(cluster="cluster")["taskArns"]
    [task] = ecs.describe_tasks(cluster="cluster", tasks=[arn])["tasks"]
    assert task["taskDefinitionArn"].rpartition("/")[2].startswith("exporter:")
    [override] = task["overrides"]["containerOverrides"]
    return {pair["name"]: pair["value"] for pair in override["environment"]}


def test_an_order_starts_a_task_that_leaves_a_file_to_download(
    recording: StoredRecording, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    export = call("POST", EXPORTS, {"format": "mp4", "begin": 6})
    for name, value in told().items():
        monkeypatch.setenv(name, value)

    assert exporter.main() == 0
    [said] = [vars(record) for record in caplog.records if "exported" in record.getMessage()]
    assert said["correlation_id"] == recording.prefix

    done = call("GET", f"{EXPORTS}/{export['export_id']}")
    assert (done["status"], done["duration_s"], done["attempt"]) == ("DONE", 12.0, 1)
    [file] = done["files"]
    url = urlsplit(file["url"])
    assert "X-Amz-Signature" in parse_qs(url.query)
    assert BUCKET in url.netloc
    stored = composition.media_store().get(url.path.removeprefix("/"))
    assert stored
    assert len(stored.body) == file["size_bytes"]
    expected = [picture for content in recording.contents((1, 2)) for picture in content.pictures]
    assert list(content_of(stored.body).pictures) == expected


@pytest.mark.usefixtures("recording")
def test_a_second_task_of_an_attempt_leaves_as_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    call("POST", EXPORTS, {"format": "ts"})
    for name, value in told().items():
        monkeypatch.setenv(name, value)
    assert [exporter.main(), exporter.main()] == [0, 0]


@pytest.mark.usefixtures("ports")
@pytest.mark.parametrize(
    "told", [{}, {"EXPORT_KEY": "exports/x.json"}, {"EXPORT_KEY": "exports/x.json", "ATTEMPT": "one"}]
)
def test_a_task_that_cannot_know_what_to_export_fails(monkeypatch: pytest.MonkeyPatch, told: dict[str, str]) -> None:
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    assert exporter.main() == 1
