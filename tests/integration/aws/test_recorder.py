"""The Fargate task's entry: what it is told, how it ends, what it says."""

import json
import os
import signal
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import boto3
import pytest
import requests

from mntreamer.aws import recorder
from mntreamer.recorder.ending.ending import Ending
from tests.contract.records import a_recording

if TYPE_CHECKING:
    from mntreamer.ports import Ports

SIGNED_URL = "https://media.example/live.m3u8?hdnts=exp~hmac"


@pytest.fixture(autouse=True)
def launched(ports: "Ports", monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)
    ports.recordings.open(a_recording(generation=2), datetime(2026, 11, 22, tzinfo=UTC).date())
    monkeypatch.setenv("RECORDING_ID", "chzzk:c1:1001")
    monkeypatch.setenv("GENERATION", "2")
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


def it_records(monkeypatch: pytest.MonkeyPatch, how: Callable[[Event], Ending]) -> None:
    monkeypatch.setattr(recorder, "record", lambda _ports, _id, _generation, stop, *_, **__: how(stop))


def test_another_generation_s_recording_is_left_as_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GENERATION", "1")
    assert recorder.main() == 0


@pytest.mark.parametrize(
    ("name", "value"), [("RECORDING_ID", "chzzk:c1:9999"), ("RECORDING_ID", ""), ("GENERATION", "two")]
)
def test_a_task_that_cannot_know_what_to_record_fails(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    assert recorder.main() == 1


def test_sigterm_sets_the_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[bool] = []

    def until_told(stop: Event) -> Ending:
        os.kill(os.getpid(), signal.SIGTERM)
        told.append(stop.wait(5))
        return Ending.STOPPED

    it_records(monkeypatch, until_told)
    assert (recorder.main(), told) == (0, [True])


def test_a_foreign_error_s_text_reaches_no_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refused(_: Event) -> Ending:
        raise requests.ConnectionError(SIGNED_URL)

    it_records(monkeypatch, refused)
    assert recorder.main() == 1
    logged = [vars(record) for record in caplog.records]
    assert any("the recorder failed: ConnectionError" in record.getMessage() for record in caplog.records)
    assert "exp~hmac" not in json.dumps(logged, default=str)
