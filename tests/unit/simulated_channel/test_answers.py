"""The simulated answers have the fields of the platform's, with values of the same types or null."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from simulated_channel import answers
from simulated_channel.broadcast import Broadcast
from simulated_channel.channel import Channel, Channels
from simulated_channel.playback import live_playback

SAMPLES = Path(__file__).parents[2] / "samples"
URLS = {"HLS": "http://host/a", "LLHLS": "http://host/b", "audioOnly": "http://host/c"}
BEGAN = datetime(2026, 11, 22, 15, 30, 5, tzinfo=UTC)


def content_of(sample: str) -> Any:
    return json.loads((SAMPLES / f"chzzk_{sample}.json").read_text(encoding="utf-8"))["content"]


def assert_alike(simulated: Any, real: Any) -> None:
    if simulated is None or real is None:
        return
    assert type(simulated) is type(real)
    if isinstance(real, dict):
        assert simulated.keys() == real.keys()
        for name in real:
            assert_alike(simulated[name], real[name])


@pytest.fixture
def channel() -> Channel:
    return Channel("0123456789abcdef0123456789abcdef", "데모")


@pytest.fixture
def broadcast(channel: Channel) -> Broadcast:
    channel.broadcasts.append(Broadcast(21334001, "제목", "talk", BEGAN, Path("folder"), "address"))
    return channel.broadcasts[0]


def test_search(channel: Channel) -> None:
    found = answers.found_channels([channel, channel], offset=0, size=1)
    sample = content_of("search_channels")
    assert_alike(found, sample)
    assert_alike(found["data"][0], sample["data"][0])
    assert found["page"]["next"] == {"offset": 1}
    assert answers.found_channels([channel], offset=0, size=13)["page"]["next"] is None


def test_search_without_a_result() -> None:
    assert answers.found_channels([], offset=0, size=13) == content_of("search_channels_empty")


def test_channel_by_id(channel: Channel) -> None:
    assert_alike(answers.channel_by_id(channel), content_of("channel"))
    assert answers.unknown_channel() == content_of("channel_notfound")


@pytest.mark.parametrize("state", ["open", "close"])
def test_live_status(channel: Channel, broadcast: Broadcast, state: str) -> None:
    broadcast.closed_at = BEGAN + timedelta(hours=1) if state == "close" else None
    status = answers.live_status(channel, broadcast)
    sample = content_of(f"live_status_{state}")
    assert_alike(status, sample)
    assert status["status"] == sample["status"]
    assert status["livePollingStatusJson"] == sample["livePollingStatusJson"]


@pytest.mark.parametrize("state", ["open", "close"])
def test_live_detail(channel: Channel, broadcast: Broadcast, state: str) -> None:
    broadcast.closed_at = BEGAN + timedelta(hours=1) if state == "close" else None
    detail = answers.live_detail(channel, broadcast, live_playback(broadcast, URLS))
    assert_alike(detail, content_of(f"live_detail_{state}"))


def test_playback_while_on_air(broadcast: Broadcast) -> None:
    playback = live_playback(broadcast, URLS)
    real = json.loads(content_of("live_detail_open")["livePlaybackJson"])
    assert playback.keys() == real.keys()
    assert_alike(playback["meta"], real["meta"])
    assert_alike(playback["live"], real["live"])
    assert {media["mediaId"]: media["path"] for media in playback["media"]} == {
        "HLS": "http://host/a",
        "LLHLS": "http://host/b",
    }
    video, sound = playback["media"][0]["encodingTrack"]
    assert video.keys() == real["media"][0]["encodingTrack"][-2].keys()
    assert sound.keys() == real["media"][0]["encodingTrack"][-1].keys()


def test_nothing_can_be_played_once_it_is_over(broadcast: Broadcast) -> None:
    broadcast.closed_at = BEGAN
    assert live_playback(broadcast, URLS)["media"] == []


def test_times_are_korean(channel: Channel, broadcast: Broadcast) -> None:
    broadcast.closed_at = BEGAN + timedelta(hours=10)
    status = answers.live_status(channel, broadcast)
    assert (status["openDate"], status["closeDate"]) == ("2026-11-23 00:30:05", "2026-11-23 10:30:05")
    assert live_playback(broadcast, URLS)["live"]["open"] == "2026-11-23T00:30:05"


def test_the_closest_name_is_found_first() -> None:
    channels = Channels()
    for name in ("데모_부계정", "데모", "다른"):
        channels.add(Channel(name, name))
    assert [channel.nickname for channel in channels.found_for("데모")] == ["데모", "데모_부계정"]
