"""The library on DynamoDB costs as much as is shown of it."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import boto3
import pytest

from mntreamer.domain.recordings.recording import RecordingStatus
from mntreamer.usecases.recordings.browse_library import browse_library
from tests.contract.records import NOON, a_recording
from tests.contract.tables import RECORDINGS

if TYPE_CHECKING:
    from mntreamer.ports import Ports

CHANNELS, DAYS = 3, 45


@pytest.fixture
def queries(ports: "Ports") -> list[dict[str, Any]]:
    """What the index answers to, of a library of recordings on many days of the channels."""
    answers: list[dict[str, Any]] = []
    for channel in range(CHANNELS):
        for number in range(DAYS):
            day = NOON.date() + timedelta(days=number)
            prefix = f"media/chzzk/c{channel}.1/{day:%Y/%m/%d}/1/"
            ports.recordings.open(a_recording(str(number), channel_id=f"c{channel}", prefix=prefix), day)
    events = ports.recordings._table._client.meta.events  # type: ignore[attr-defined]
    events.register("after-call.dynamodb.Query", lambda parsed, **_: answers.append(parsed))
    return answers


@pytest.mark.parametrize(
    ("path", "folders"), [("chzzk", CHANNELS), ("chzzk/c1.1", 2), ("chzzk/c1.1/2026", 2), ("chzzk/c1.1/2026/12", 31)]
)
def test_a_folder_costs_one_key_however_much_it_holds(
    ports: "Ports", queries: list[dict[str, Any]], path: str, folders: int
) -> None:
    assert len(browse_library(ports, path, None, 50).folders) == folders
    assert sum(len(answer["Items"]) for answer in queries) <= folders + 1
    assert len(queries) <= folders + 1


def test_a_deleted_recording_leaves_the_index(ports: "Ports") -> None:
    recording = a_recording(status=RecordingStatus.IDLE)
    ports.recordings.open(recording, NOON.date())
    ports.recordings.update(recording.recording_id, {"status": RecordingStatus.TERMINATED}, {})
    indexed = boto3.client("dynamodb").scan(TableName=RECORDINGS, IndexName="library")
    assert indexed["Items"] == []
