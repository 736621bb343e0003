"""Recordings of six-second segments for the tests of refining, and how a client asks for things."""

from itertools import pairwise
from typing import Any

from werkzeug.test import Client

from mntreamer.domain.playlists.source_playlist import SegmentName
from mntreamer.domain.segments.stored_segment import StoredSegment, to_metadata
from mntreamer.usecases.recordings.close_recording import close_recording
from mntreamer.usecases.recordings.stored.source import Source
from tests.contract.records import NOON, minutes
from tests.integration.usecases.conftest import World

LOCAL = "http://127.0.0.1:8080"
RECORDING = "/api/v1/recordings/chzzk:c1:1001"
LENGTH_S = 6.0


def name(position: int) -> SegmentName:
    return SegmentName(0, position * 3, position * 3 + 2)


def record(world: World, *positions: int) -> None:
    """Store and list more segments of the recording that is being made; it is begun where none is."""
    if world.ports.recordings.get("chzzk:c1:1001") is None:
        world.goes_live()
        world.tick()
    stored = [_segment(position) for position in positions]
    for segment in stored:
        key = f"{world.recording.prefix}segments/{segment.name.file}"
        world.ports.store.put_new(key, segment.name.file.encode(), "video/mp2t", to_metadata(segment))
    source = Source(world.ports.store, world.recording.prefix)
    source.append(stored, 6)
    source.write()


def end(world: World) -> None:
    close_recording(world.ports, world.recording)


def call(client: Client, method: str, path: str, body: Any = None, **headers: str) -> Any:
    """The answer's JSON."""
    answer = client.open(path, method=method, base_url=LOCAL, json=body, headers=headers)
    assert answer.status_code < 300, answer.text
    return answer.json


def played(client: Client, url: str) -> list[str]:
    """The names of the segments that a playlist lists and a player would load."""
    answer = client.get(url.removeprefix(LOCAL), base_url=LOCAL)
    assert answer.status_code == 200, answer.text
    entries = answer.text.split("#EXTINF")
    loaded = [entry for before, entry in pairwise(entries) if not before.endswith("GAP\n")]
    return [entry.split("\n")[1].removeprefix("segments/") for entry in loaded]


def files(*positions: int) -> list[str]:
    return [name(position).file for position in positions]


def _segment(position: int) -> StoredSegment:
    return StoredSegment(
        name=name(position),
        duration_s=LENGTH_S,
        program_date_time=NOON + minutes(position * LENGTH_S / 60),
        discontinuity=False,
        first_pts_s=position * LENGTH_S,
        last_pts_s=(position + 1) * LENGTH_S,
        init_digest="init",
        size_bytes=1000,
    )
