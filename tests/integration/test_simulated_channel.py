"""The simulated platform over real HTTP: what a recorder gets to see of it, and what it keeps for the checker."""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import av
import m3u8
import pytest
import requests

from simulated_channel import SimulatedChzzk
from simulated_channel.broadcast import Broadcast

NOT_FOUND = "0" * 32


class MovedClock:
    """The real time, and what is added to it."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@dataclass
class Viewer:
    """Looks at a channel as a player does, by HTTP alone."""

    base_url: str
    channel_id: str

    def get(self, path: str) -> requests.Response:
        return requests.get(urljoin(self.base_url, path), timeout=10)

    def content(self, path: str) -> Any:
        return self.get(path).json()["content"]

    def status(self) -> Any:
        return self.content(f"/polling/v3.1/channels/{self.channel_id}/live-status")

    def detail(self) -> Any:
        return self.content(f"/service/v3.3/channels/{self.channel_id}/live-detail")

    def master_url(self) -> str:
        media = json.loads(self.detail()["livePlaybackJson"])["media"]
        return str(next(entry["path"] for entry in media if entry["mediaId"] == "HLS"))

    def variant_url(self) -> str:
        url = self.master_url()
        variant: str = m3u8.loads(self.get(url).text).playlists[0].uri
        return urljoin(url, variant)


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline, "did not happen within 20 s"
        time.sleep(0.05)


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
def chzzk(tmp_path: Path, clock: MovedClock) -> Iterator[SimulatedChzzk]:
    with SimulatedChzzk(tmp_path, token_life_s=60, clock=clock) as platform:
        yield platform


@pytest.fixture
def viewer(chzzk: SimulatedChzzk) -> Viewer:
    return Viewer(chzzk.base_url, chzzk.add_channel("데모"))


@pytest.fixture
def on_air(chzzk: SimulatedChzzk, viewer: Viewer) -> Viewer:
    chzzk.go_live(viewer.channel_id, "제목", "talk")
    return viewer


def test_a_channel_that_never_broadcast(viewer: Viewer) -> None:
    assert len(viewer.channel_id) == 32
    assert viewer.status() is None
    assert viewer.detail() is None
    found = viewer.get("/service/v1/search/channels?keyword=데모&offset=0&size=13").json()["content"]["data"]
    assert [entry["channel"]["channelId"] for entry in found] == [viewer.channel_id]


def test_a_channel_that_does_not_exist(viewer: Viewer) -> None:
    assert viewer.content(f"/service/v1/channels/{NOT_FOUND}")["channelId"] is None
    for path in ("/polling/v3.1/channels/{}/live-status", "/service/v3.3/channels/{}/live-detail"):
        assert viewer.get(path.format(NOT_FOUND)).status_code == 404
        assert viewer.get(path.format(NOT_FOUND)).json()["code"] == 404
        assert viewer.get(path.format("XYZ")).json()["code"] == 400


def test_a_broadcast_from_its_start_to_its_end(chzzk: SimulatedChzzk, on_air: Viewer) -> None:
    viewer, live_id = on_air, on_air.detail()["liveId"]
    assert viewer.status()["status"] == "OPEN"
    variant = viewer.variant_url()
    wait_until(lambda: len(chzzk.truth(viewer.channel_id).segments) == 2)
    chzzk.go_offline(viewer.channel_id)

    playlist = m3u8.loads(viewer.get(variant).text)
    assert playlist.is_endlist
    assert [segment.duration for segment in playlist.segments[:2]] == [2.0, 2.0]
    assert viewer.status()["status"] == "CLOSE"
    assert viewer.status()["closeDate"] is not None
    assert json.loads(viewer.detail()["livePlaybackJson"])["media"] == []

    chzzk.go_live(viewer.channel_id, "다음", "talk")
    assert viewer.detail()["liveId"] > live_id
    assert viewer.status()["closeDate"] is None


def test_what_is_served_is_what_is_kept_and_can_be_played(chzzk: SimulatedChzzk, on_air: Viewer) -> None:
    variant = on_air.variant_url()
    playlist = m3u8.loads(on_air.get(variant).text)
    init = on_air.get(urljoin(variant, playlist.segment_map[0].uri)).content
    segment = on_air.get(urljoin(variant, playlist.segments[0].uri)).content
    truth = chzzk.truth(on_air.channel_id)
    assert init == truth.init.read_bytes()
    assert segment == truth.segments[playlist.media_sequence].read_bytes()

    with av.open(BytesIO(init + segment), "r") as container:
        codecs = [stream.codec_context.name for stream in container.streams]
        pictures = [frame.to_ndarray().tobytes() for frame in container.decode(video=0)]
    assert codecs == ["h264", "aac"]
    assert len(set(pictures)) == len(pictures) == 60


def test_the_journal_knows_what_the_first_reader_saw(chzzk: SimulatedChzzk, on_air: Viewer) -> None:
    live_id = chzzk.truth(on_air.channel_id).live_id
    assert chzzk.journal.of(live_id) == []
    wait_until(lambda: len(chzzk.truth(on_air.channel_id).segments) >= 2)
    variant = on_air.variant_url()
    listed = [m3u8.loads(on_air.get(variant).text) for _ in range(2)]
    served = chzzk.journal.of(live_id)
    assert [window.first for window in served] == [playlist.media_sequence for playlist in listed]
    assert served[0].last == listed[0].media_sequence + len(listed[0].segments) - 1


def test_without_its_token_nothing_is_served(on_air: Viewer) -> None:
    master, variant = on_air.master_url(), on_air.variant_url()
    init = urljoin(variant, "360p_0_0_0.m4s")
    for url in (master, variant, init):
        assert on_air.get(url).status_code == 200
        assert on_air.get(url.replace("exp=", "exp=9")).status_code == 403
    assert on_air.get(master.split("?")[0]).status_code == 403


def test_an_expired_token_opens_nothing_and_a_new_one_does(on_air: Viewer, clock: MovedClock) -> None:
    master, variant = on_air.master_url(), on_air.variant_url()
    clock.ahead = timedelta(seconds=61)
    assert [on_air.get(url).status_code for url in (master, variant)] == [403, 403]
    assert on_air.get(on_air.variant_url()).status_code == 200


def test_what_is_not_there_is_404_even_with_a_token(on_air: Viewer) -> None:
    variant = on_air.variant_url()
    assert on_air.get(urljoin(variant, "360p_4999_1.m4v")).status_code == 404
    assert on_air.get("/service/v9/nothing").status_code == 404


def test_a_channel_that_is_live_cannot_go_live(chzzk: SimulatedChzzk, on_air: Viewer) -> None:
    with pytest.raises(ValueError, match="live already"):
        chzzk.go_live(on_air.channel_id, "제목", "talk")


def test_a_folder_that_cannot_be_written_is_said_at_once(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with SimulatedChzzk(tmp_path / "taken") as chzzk:
        channel_id = chzzk.add_channel("데모")
        with pytest.raises(NotADirectoryError):
            chzzk.go_live(channel_id, "제목", "talk")
        assert not chzzk._channel(channel_id).on_air


def test_the_time_machine_shows_more_to_those_who_ask_with_the_token(chzzk: SimulatedChzzk, viewer: Viewer) -> None:
    chzzk.go_live(viewer.channel_id, "제목", "talk", rewinds_by=100)
    oldest = _long_on_air(chzzk.broadcast(viewer.channel_id))
    assert viewer.detail()["timeMachineActive"]
    playback = json.loads(
        viewer.content(f"/service/v1/channels/{viewer.channel_id}/live-playback-json")["playbackJson"]
    )
    [master] = [media["path"] for media in playback["media"] if media["mediaId"] == "HLS"]
    variant = urljoin(master, m3u8.loads(viewer.get(master).text).playlists[0].uri)

    listed = m3u8.loads(viewer.get(variant).text).segments
    assert len(listed) > 40
    assert listed[0].media_sequence == oldest
    url = urljoin(variant, listed[0].uri)
    assert viewer.get(url).status_code == 404
    assert viewer.get(f"{url}?__bgda__={master.partition('hdnts=')[2]}").status_code == 200


def test_without_a_time_machine_it_goes_back_no_farther(on_air: Viewer) -> None:
    playback = json.loads(
        on_air.content(f"/service/v1/channels/{on_air.channel_id}/live-playback-json")["playbackJson"]
    )

    assert not on_air.detail()["timeMachineActive"]
    assert playback["live"]["timeMachine"] is False


def _long_on_air(broadcast: Broadcast) -> int:
    """As if it had begun 40 segments sooner; the sequence of the first."""
    first = broadcast.segments[0]
    for back in range(1, 41):
        path = first.path.with_name(first.path.name.replace(str(first.sequence), str(first.sequence - back)))
        path.write_bytes(first.path.read_bytes())
        moment = first.program_date_time - timedelta(seconds=2 * back)
        broadcast.segments.insert(
            0, replace(first, sequence=first.sequence - back, path=path, program_date_time=moment)
        )
    return first.sequence - 40
