"""What functions are called for, small and large, and what each call used."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from benchmarks.due_monitors import due_streamer
from benchmarks.memory.functions import TOKEN, Deployment, Function, Used
from benchmarks.platform_answers import channel_id_of
from benchmarks.playlist.recordings import RECORDING, SEGMENTS_PER_HOUR, list_hours, segment
from mntreamer.clock import utc_now
from mntreamer.domain.media_path import SEGMENTS, SOURCE_PLAYLIST
from mntreamer.domain.recordings.recording import Recording, RecordingStatus
from tests.contract.records import a_recording

MOST_DUE = 1000
_HOURS = (1, 12, 24)
_AT_ONCE = 16
_LISTED = 50
_EVENTS = Path(__file__).parents[2] / "tests" / "events"


@dataclass(frozen=True, slots=True)
class Scene:
    """One call of a function. `waits` is how many answers of others it waits for, one after the other."""

    function: str
    about: str
    waits: int
    used: Used


def ticks(tick: Function, on: Deployment) -> Iterator[Scene]:
    tick.call(_event("tick"))
    for count in (0, 10, 100, MOST_DUE):
        for number in range(count):
            on.monitors.add(due_streamer(channel_id_of(count * MOST_DUE + number), utc_now()))
        yield Scene("check_monitors", f"{count} due", 10, tick.call(_event("tick"))[0])


def publications(publish: Function, on: Deployment) -> Iterator[Scene]:
    written = _event("source_written")
    written["detail"]["object"]["key"] = RECORDING.prefix + SOURCE_PLAYLIST
    for hours in _HOURS:
        list_hours(on.store, hours, ended=False)
        publish.call(written)
        list_hours(on.store, hours, ended=True)
        yield Scene("publish_playlist", f"{hours} h", 6, publish.call(written)[0])


def requests(api: Function, on: Deployment) -> Iterator[Scene]:
    """Of people who look at a recording of 24 hours."""
    _open(on, replace(RECORDING, status=RecordingStatus.IDLE))
    for number in range(_LISTED):
        _open(on, _ended(number))
    api.call(_request("/api/v1/recordings"))
    used, listed = api.call(_request("/api/v1/recordings"))
    assert len(json.loads(listed["body"])["recordings"]) == _LISTED
    yield Scene("api", f"a list of {_LISTED}", 4, used)
    one = f"/api/v1/recordings/{RECORDING.recording_id}"
    api.call(_request(one))
    used, full = api.call(_request(one))
    yield Scene("api", "a recording of 24 h", 4, used)
    playlist = urlsplit(json.loads(full["body"])["playlist_url"]).path
    api.call(_request(playlist))
    yield Scene("api", "its playlist", 3, api.call(_request(playlist))[0])


def sweeps(purge: Function, on: Deployment) -> Iterator[Scene]:
    purge.call(_event("tick"))
    yield Scene("purge_recordings", "nothing", 2, purge.call(_event("tick"))[0])
    due_at = utc_now() - timedelta(minutes=1)
    doomed = _open(on, replace(_ended(_LISTED), status=RecordingStatus.TERMINATED, purge_at=due_at))
    keys = [f"{doomed.prefix}{SEGMENTS}{segment(number).name.file}" for number in range(24 * SEGMENTS_PER_HOUR)]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        list(pool.map(lambda key: on.store.put(key, b"", "video/mp2t", None), keys))
    used, answer = purge.call(_event("tick"))
    assert answer["deleted"] == len(keys), answer
    yield Scene("purge_recordings", "a recording of 24 h", 50, used)


def notices(notify: Function, _: Deployment) -> Iterator[Scene]:
    """There is no webhook."""
    notify.call(_event("recording_closed"))
    yield Scene("notify", "a recording ended", 1, notify.call(_event("recording_closed"))[0])


def _ended(number: int) -> Recording:
    """The only one of its channel."""
    prefix = f"media/chzzk/채널.{number:08x}/2026/11/22/1/"
    return a_recording(str(number), f"channel-{number}", status=RecordingStatus.IDLE, prefix=prefix)


def _open(on: Deployment, recording: Recording) -> Recording:
    assert on.recordings.open(recording, recording.started_at.date())
    return recording


def _request(path: str) -> Any:
    request = _event("api_request")
    request["rawPath"] = request["requestContext"]["http"]["path"] = path
    request["headers"]["authorization"] = f"Bearer {TOKEN}"
    return request


def _event(name: str) -> Any:
    return json.loads((_EVENTS / f"{name}.json").read_text())
