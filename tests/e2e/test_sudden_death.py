"""The local server ends in the middle of two recordings, of a sudden or told to, and is started again."""

import signal
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import requests

from demo.server import Server
from demo.verification import broadcast_of, compare, published_at
from demo.waiting import wait_for
from simulated_channel import SimulatedChzzk

Recordings = Mapping[str, dict[str, Any]]
_STOPS_WITHIN_S = 20.0


@pytest.mark.timeout(150)
@pytest.mark.xdist_group("sudden death")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_the_same_recordings_go_on_and_nothing_that_was_still_listed_is_lost(
    tmp_path: Path, number: signal.Signals
) -> None:
    with SimulatedChzzk(tmp_path / "channel") as chzzk:
        channels = [chzzk.add_channel(nickname) for nickname in ("하나", "둘")]
        for channel_id in channels:
            chzzk.go_live(channel_id, "title", "talk")
        settings = {
            "MNTREAMER_DATA": str(tmp_path / "data"),
            "MNTREAMER_CHZZK_API": chzzk.base_url,
            "MNTREAMER_ALLOWED_HOSTS": "127.0.0.1",
            "MNTREAMER_RECONNECT_WINDOW_S": "2",
        }
        with Server(settings, tmp_path / "first.log") as server:
            for channel_id in channels:
                _add(server, channel_id)
            before = wait_for("each has two segments", lambda: _listing(server, tmp_path, 2), 40)
            _end(server, number)
        stored = _segments(tmp_path)
        if number == signal.SIGTERM:
            assert _listed(tmp_path) == set(stored)
        with Server(settings, tmp_path / "second.log") as server:
            wait_for("recording goes on", lambda: _listing(server, tmp_path, 4), 40)
            for channel_id in channels:
                chzzk.go_offline(channel_id)
            after = wait_for("the recordings are closed", lambda: _closed(server), 50)
            published = {channel_id: published_at(after[channel_id]["playlist_url"]) for channel_id in channels}
        broadcasts = {channel_id: broadcast_of(chzzk, channel_id) for channel_id in channels}

    assert stored.items() <= _segments(tmp_path).items()
    for channel_id in channels:
        assert after[channel_id]["recording_id"] == before[channel_id]["recording_id"]
        assert after[channel_id]["generation"] > before[channel_id]["generation"]
        assert after[channel_id]["lost_segments"] == 0
        assert compare(*broadcasts[channel_id], published[channel_id]).complaints == ()


def _end(server: Server, number: signal.Signals) -> None:
    """Whoever is told finishes within seconds; nobody leaves a process behind."""
    family = list(_descendants(server.pid))
    assert family  # at least what remuxes
    began_s = time.monotonic()
    assert server.ended_by(number) == (0 if number == signal.SIGTERM else -number)
    assert time.monotonic() - began_s < _STOPS_WITHIN_S
    wait_for("no process is left behind", lambda: not any(map(_runs, family)) or None, 20)


def _add(server: Server, channel_id: str) -> None:
    body = {"platform": "chzzk", "channel_id": channel_id}
    assert requests.post(f"{server.url}/api/v1/streamers", json=body, timeout=10).status_code == 201


def _recordings(server: Server) -> Recordings:
    found = requests.get(f"{server.url}/api/v1/recordings", timeout=10).json()["recordings"]
    return {recording["channel_id"]: recording for recording in found}


def _listing(server: Server, folder: Path, count: int) -> Recordings | None:
    """The recordings, once each of their published playlists lists so many segments."""
    listed = [index.read_text().count("#EXTINF") for index in (folder / "data").rglob("index.m3u8")]
    recordings = _recordings(server)
    return recordings if len(listed) == len(recordings) > 1 and min(listed) >= count else None


def _closed(server: Server) -> Recordings | None:
    recordings = _recordings(server)
    return recordings if all(recording["status"] == "IDLE" for recording in recordings.values()) else None


def _segments(folder: Path) -> dict[str, bytes]:
    data = folder / "data"
    return {str(path.relative_to(data)): path.read_bytes() for path in data.rglob("*.ts")}


def _listed(folder: Path) -> set[str]:
    """The stored segments that the source playlists list."""
    data = folder / "data"
    return {
        str((playlist.parent / line).relative_to(data))
        for playlist in data.rglob("source.m3u8")
        for line in playlist.read_text().splitlines()
        if line.endswith(".ts")
    }


def _descendants(pid: int) -> Iterator[int]:
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield int(child)
            yield from _descendants(int(child))


def _runs(pid: int) -> bool:
    """A zombie has ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
