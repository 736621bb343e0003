"""The whole local process is killed in the middle of a recording and started again."""

import os
import signal
from pathlib import Path
from typing import Any

import pytest
import requests

from demo.server import Server
from demo.verification import broadcast_of, compare, published_at
from demo.waiting import wait_for
from simulated_channel import SimulatedChzzk


@pytest.mark.timeout(120)
@pytest.mark.xdist_group("sudden death")
@pytest.mark.parametrize("with_its_recorder", [True, False])
def test_the_same_recording_goes_on_and_nothing_stored_is_lost(tmp_path: Path, *, with_its_recorder: bool) -> None:
    with SimulatedChzzk(tmp_path / "channel") as chzzk:
        channel_id = chzzk.add_channel("데모")
        chzzk.go_live(channel_id, "title", "talk")
        settings = {
            "MNTREAMER_DATA": str(tmp_path / "data"),
            "MNTREAMER_CHZZK_API": chzzk.base_url,
            "MNTREAMER_ALLOWED_HOSTS": "127.0.0.1",
            "MNTREAMER_RECONNECT_WINDOW_S": "2",
        }
        with Server(settings, tmp_path / "first.log") as server:
            _add(server, channel_id)
            before = wait_for("two segments are listed", lambda: _listed(server, tmp_path, 2), 30)
            _kill(server.pid, with_its_children=with_its_recorder)
        stored = _segments(tmp_path)
        with Server(settings, tmp_path / "second.log") as server:
            wait_for("recording goes on", lambda: _listed(server, tmp_path, 4), 30)
            chzzk.go_offline(channel_id)
            after = wait_for("the recording is closed", lambda: _closed(server), 40)
            published = published_at(after["playlist_url"])
        source, duration_s = broadcast_of(chzzk, channel_id)

    assert after["recording_id"] == before["recording_id"]
    assert after["generation"] > before["generation"]
    assert stored.items() <= _segments(tmp_path).items()
    assert compare(source, duration_s, published).complaints == ()


def _add(server: Server, channel_id: str) -> None:
    body = {"platform": "chzzk", "channel_id": channel_id}
    assert requests.post(f"{server.url}/api/v1/streamers", json=body, timeout=10).status_code == 201


def _recordings(server: Server) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = requests.get(f"{server.url}/api/v1/recordings", timeout=10).json()["recordings"]
    return found


def _listed(server: Server, folder: Path, count: int) -> dict[str, Any] | None:
    """The recording, once its published playlist lists so many segments."""
    listed = sum(index.read_text().count("#EXTINF") for index in (folder / "data").rglob("index.m3u8"))
    return _recordings(server)[0] if listed >= count else None


def _closed(server: Server) -> dict[str, Any] | None:
    [recording] = _recordings(server)
    return recording if recording["status"] == "IDLE" else None


def _segments(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "data").rglob("*.ts")}


def _kill(pid: int, *, with_its_children: bool) -> None:
    children = [int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in _children(task)]
    assert children
    for doomed in [pid, *(children if with_its_children else [])]:
        os.kill(doomed, signal.SIGKILL)


def _children(task: Path) -> list[str]:
    return (task / "children").read_text().split()
