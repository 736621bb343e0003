"""The server as `mntreamer serve` starts it, with recordings to refine and a platform that answers."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final
from unittest.mock import Mock

import requests

from demo.waiting import wait_for
from mntreamer.clock import utc_now
from mntreamer.domain.playlists.source_playlist import SegmentName
from mntreamer.domain.segments.stored_segment import StoredSegment, to_metadata
from mntreamer.ports import Ports
from mntreamer.settings import Settings
from mntreamer.usecases.recordings.close_recording import close_recording
from mntreamer.usecases.recordings.stored.source import Source
from simulated_channel.chzzk import SimulatedChzzk
from tests.contract.local_ports import local_ports
from tests.contract.records import a_recording, a_streamer

CHANNEL_ID: Final = "7488d18068bfc0b818b9fb2be9de4603"
_SEGMENTS = 4
_SEGMENT_S = 6.0
_FIRST_LIVE_ID = 21334001
_WITHIN_S = 30.0
_BEGAN = datetime(2026, 11, 22, 3, tzinfo=UTC)


@dataclass(frozen=True)
class Running:
    """`url` is the API's origin; the session carries the token."""

    url: str
    token: str
    session: requests.Session

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        """The answer's JSON."""
        answer = self.session.request(method, f"{self.url}/api/v1{path}", json=body, timeout=_WITHIN_S)
        answer.raise_for_status()
        return answer.json() if answer.content else None


def recording_id(number: int) -> str:
    """Of a recording on the server, from 0: the first is the one that the document's examples are about."""
    return f"chzzk:{CHANNEL_ID}:{_FIRST_LIVE_ID + number}"


@contextmanager
def running(folder: Path, recordings: int) -> Iterator[Running]:
    """With so many short recordings, and their channel, which is paused."""
    data = folder / "data"
    data.mkdir()
    _fill(data, recordings)
    with SimulatedChzzk(folder, port=0) as chzzk, requests.Session() as session:
        chzzk.add_channel("데모")
        settings = {"MNTREAMER_CHZZK_API": chzzk.base_url, "MNTREAMER_ALLOWED_HOSTS": "127.0.0.1"}
        with _server(data, settings) as url:
            token = (data / "token").read_text().strip()
            session.headers["Authorization"] = f"Bearer {token}"
            yield Running(url, token, session)


@contextmanager
def _server(data: Path, settings: dict[str, str]) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    command = ["-m", "mntreamer_local.command_line.cli", "serve", "--port", str(port), "--data", str(data), "--token"]
    with (data.parent / "log").open("w") as log:
        process = subprocess.Popen([sys.executable, *command], env=os.environ | settings, stdout=log, stderr=log)  # noqa: S603 -- our own server
        try:
            wait_for("the server answers", partial(_answers, url), _WITHIN_S)
            yield url
        finally:
            process.terminate()
            process.wait(_WITHIN_S)


def _answers(url: str) -> bool | None:
    try:
        return requests.get(f"{url}/api/v1/health", timeout=_WITHIN_S).ok
    except requests.ConnectionError:
        return None


def _fill(data: Path, recordings: int) -> None:
    ports = local_ports(data, utc_now, Mock(), Mock(), Settings())
    ports.monitors.add(a_streamer(CHANNEL_ID, channel_name="데모", check_at=None, paused=True))
    for number in range(recordings):
        _record(ports, number)


def _record(ports: Ports, number: int) -> None:
    live_id, prefix = str(_FIRST_LIVE_ID + number), f"media/chzzk/데모.9cfd639f/2026/11/22/{number + 1}/"
    recording = a_recording(
        live_id, CHANNEL_ID, started_at=_BEGAN, opened_at=_BEGAN, prefix=prefix, n=number + 1, has_poster=True
    )
    assert ports.recordings.open(recording, _BEGAN.date())
    segments = [_segment(position) for position in range(_SEGMENTS)]
    for segment in segments:
        ports.store.put_new(f"{prefix}segments/{segment.name.file}", b"data", "video/mp2t", to_metadata(segment))
    source = Source(ports.store, prefix)
    source.append(segments, 6)
    source.write()
    ports.store.put(f"{prefix}thumbnails.vtt", b"WEBVTT\n", "text/vtt", None)
    close_recording(ports, recording)


def _segment(position: int) -> StoredSegment:
    begin_s = _SEGMENT_S * position
    return StoredSegment(
        name=SegmentName(0, 3 * position, 3 * position + 2),
        duration_s=_SEGMENT_S,
        program_date_time=None,
        discontinuity=False,
        first_pts_s=begin_s,
        last_pts_s=begin_s + _SEGMENT_S,
        init_digest="init",
        size_bytes=4,
    )
