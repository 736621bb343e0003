"""A stream is noticed, recorded and closed on the deployed stack: each stage is told once, after those before it."""

import json
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import boto3
import m3u8

from demo.waiting import wait_for
from simulated_channel import SimulatedChzzk
from tests.emulator.caller import Caller, Json, recording_path
from tests.emulator.emulator import ROOT, Emulator
from tests.emulator.fargate import Asked, Container, asked_for
from tests.emulator.stack import Stack

NICKNAME = "에뮬레이터"
_A_MINUTE_S = 75.0
_STORED_WITHIN_S = 40.0
_LEAVES_WITHIN_S = 60.0
# Longer than CHZZK wants to be left alone between two looks, so that the end of the recorder is looked into at once.
_GROWS_BY = 3


@dataclass(frozen=True)
class Live:
    """What could be seen while the stream was recorded, and the code with which its recorder left."""

    recording: Json
    playlist: m3u8.M3U8
    is_healthy: bool
    exit_code: int


class Story:
    def __init__(
        self,
        chzzk: SimulatedChzzk,
        emulator: Emulator,
        stack: Stack,
        caller: Caller,
        folder: Path,
        outside: Mapping[str, str],
    ) -> None:
        self._chzzk = chzzk
        self._emulator = emulator
        self._stack = stack
        self._caller = caller
        self._folder = folder
        self._outside = outside
        self.channel_id = chzzk.add_channel(NICKNAME)

    @cached_property
    def streamer(self) -> Json:
        """As it was added, by its name, while its stream ran already."""
        self._chzzk.go_live(self.channel_id, "a broadcast", "talk")
        return self._caller.post("streamers", {"platform": "chzzk", "nickname": NICKNAME})

    @cached_property
    def opened(self) -> Json:
        """The recording, once a tick came by itself and found the stream."""
        assert self.streamer["recording_id"] is None
        return wait_for("a tick of the schedule opens a recording", self._recording, _A_MINUTE_S)

    @cached_property
    def asked(self) -> Asked:
        """The task that ECS was asked for."""
        assert self.opened
        (asked,) = self._tasks("recorder")
        return asked

    @cached_property
    def live(self) -> Live:
        """Recorded by that task until the stream was over."""
        container = self._container(self.asked)
        with container.running() as process:
            seen = wait_for("what is recorded is published", lambda: self._published(process, 1), _STORED_WITHIN_S)
            more = len(seen.segments) + _GROWS_BY
            wait_for("what is published grows", lambda: self._published(process, more), _STORED_WITHIN_S)
            recording, is_healthy = self.recording, container.is_healthy()
            self._chzzk.go_offline(self.channel_id)
            exit_code = process.wait(_LEAVES_WITHIN_S)
        return Live(recording, seen, is_healthy, exit_code)

    @cached_property
    def closed(self) -> Json:
        """The recording, after ECS said that the task stopped."""
        assert self.live.exit_code == 0
        invoke(self._stack.resource("SettleRecording"), self._task_stops())
        return wait_for("the recording is closed", self._closed, _A_MINUTE_S)

    @cached_property
    def exported(self) -> Json:
        """An export of the recording, made by the task that ECS was asked for."""
        path = f"{recording_path(self.closed['recording_id'])}/exports"
        ordered = self._caller.post(path, {"format": "mp4"}, status=202)
        (asked,) = self._tasks("exporter")
        with self._container(asked).running() as process:
            assert process.wait(_LEAVES_WITHIN_S) == 0
        return self._caller.get(f"{path}/{ordered['export_id']}")

    @property
    def recording_id(self) -> str:
        recording_id: str = self.opened["recording_id"]
        return recording_id

    @property
    def recording(self) -> Json:
        return self._caller.recording(self.recording_id)

    @property
    def playlist_url(self) -> str:
        """As the API links to it."""
        return self._caller.here(self.recording["playlist_url"])

    def published(self) -> m3u8.M3U8:
        """As it lies in the bucket; without segments where it does not lie there yet."""
        s3, bucket = boto3.client("s3"), self._stack.outputs()["MediaBucket"]
        listed = s3.list_objects_v2(Bucket=bucket, Prefix=self.opened["prefix"]).get("Contents", [])
        if (key := f"{self.opened['prefix']}index.m3u8") not in [entry["Key"] for entry in listed]:
            return m3u8.M3U8()
        return m3u8.loads(s3.get_object(Bucket=bucket, Key=key)["Body"].read().decode())

    def _recording(self) -> Json | None:
        found = self._caller.get("recordings")["recordings"]
        return found[0] if found else None

    def _published(self, process: "subprocess.Popen[bytes]", segments: int) -> m3u8.M3U8 | None:
        assert process.poll() is None, "the recorder left before it was told"
        playlist = self.published()
        return playlist if len(playlist.segments) >= segments else None

    def _tasks(self, container: str) -> list[Asked]:
        cluster = self._stack.outputs(self._stack.resource("Recorder"))["Cluster"]
        return [asked for asked in asked_for(cluster) if asked.container["name"] == container]

    def _container(self, asked: Asked) -> Container:
        return Container(asked, self._emulator, self._folder, self._outside)

    def _closed(self) -> Json | None:
        recording = self.recording
        return recording if recording["closed_at"] else None

    def _task_stops(self) -> Json:
        """ECS's event, which the emulator sends none of, about this task."""
        event: Json = json.loads((ROOT / "tests/events/recorder_stops.json").read_text())
        task = self.asked.task
        event["detail"] |= {
            "clusterArn": task["clusterArn"],
            "taskArn": task["taskArn"],
            "overrides": task["overrides"],
            "containers": [{"name": self.asked.container["name"], "exitCode": self.live.exit_code}],
        }
        return event


def invoke(function: str, event: Json) -> Any:
    """What the function answers. Raises AssertionError, with what it says, where it fails."""
    answer = boto3.client("lambda").invoke(FunctionName=function, Payload=json.dumps(event).encode())
    body = answer["Payload"].read()
    assert "FunctionError" not in answer, body
    return json.loads(body)
