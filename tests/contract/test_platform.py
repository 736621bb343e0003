"""Every adapter of `Platform` against the simulated channel, with a request rate and without."""

from collections.abc import Iterator
from datetime import timedelta
from time import sleep

import pytest

from mntreamer.clock import utc_now
from mntreamer.domain.errors import BadInput, NotFound, NotPlayable
from mntreamer.domain.monitors.probe import Channel, Live, Offline, UnknownChannel
from mntreamer.domain.monitors.topic import Topic
from mntreamer.platforms.chzzk import Chzzk
from mntreamer.platforms.gate import Gate
from mntreamer.ports import Platform
from mntreamer.public_http.session import public_session
from simulated_channel import SimulatedChzzk
from tests.contract.memory_platform_states import MemoryPlatformStates

NAME = "예시 streamer"


@pytest.fixture(scope="module")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimulatedChzzk]:
    with SimulatedChzzk(tmp_path_factory.mktemp("channel")) as chzzk:
        yield chzzk


@pytest.fixture
def channel_id(simulated: SimulatedChzzk) -> str:
    return simulated.add_channel(NAME)


@pytest.fixture(params=[None, 50.0])
def platform(request: pytest.FixtureRequest, simulated: SimulatedChzzk) -> Iterator[Platform]:
    with public_session(frozenset({"127.0.0.1"})) as session:
        gate = Gate(Chzzk.name, MemoryPlatformStates(), utc_now, sleep, request.param)
        yield Chzzk(session, simulated.base_url, gate)


class TestPlatform:
    def test_its_name_is_fit_for_keys(self, platform: Platform) -> None:
        assert platform.name.islower()
        assert ":" not in platform.name
        assert platform.title
        assert -43_200 <= platform.utc_offset_s <= 50_400

    def test_it_says_how_often_it_may_be_asked(self, platform: Platform) -> None:
        assert platform.rate_per_s in (None, 50.0)
        assert timedelta(seconds=1) <= platform.floor <= timedelta(minutes=10)
        assert platform.closed_until() is None

    def test_what_looks_came_to_is_known_to_all_workers(self, platform: Platform) -> None:
        before = platform.spending()

        platform.count_looks(3, timedelta(minutes=30), 1000)

        assert platform.spending().spent >= before.spent + 3
        assert platform.spending().lately > before.lately

    def test_a_channel_that_never_broadcast_has_no_past(self, platform: Platform, channel_id: str) -> None:
        assert platform.past_broadcasts(channel_id) == []

    def test_a_channel_is_found_by_its_name_its_id_and_its_url(self, platform: Platform, channel_id: str) -> None:
        channel = Channel(channel_id, NAME)

        assert channel in platform.search(NAME)
        assert platform.channel(channel_id) == channel
        assert platform.channel_id_in(f"https://chzzk.naver.com/live/{channel_id}") == channel_id

    def test_what_does_not_exist_is_told_from_what_is_no_channel(self, platform: Platform) -> None:
        with pytest.raises(NotFound):
            platform.channel("0" * 32)
        with pytest.raises(BadInput):
            platform.channel_id_in("https://example.com/")
        assert isinstance(platform.probe("0" * 32), UnknownChannel)
        assert platform.search("nobody has this name") == []

    def test_a_live_session_is_seen_and_can_be_played_until_it_ends(
        self, platform: Platform, simulated: SimulatedChzzk, channel_id: str
    ) -> None:
        assert platform.probe(channel_id) == Offline()
        with pytest.raises(NotPlayable):
            platform.playback(channel_id)

        simulated.go_live(channel_id, "a title", "talk")
        live = platform.probe(channel_id)
        playback = platform.playback(channel_id)
        before = platform.topic(channel_id)
        simulated.change_topic(channel_id, 'another\n"title"', "game")
        after = platform.topic(channel_id)
        simulated.go_offline(channel_id)

        assert isinstance(live, Live)
        assert (live.title, live.live_id) == ("a title", playback.live_id)
        assert abs((utc_now() - live.started_at).total_seconds()) < 60
        assert playback.url.startswith(simulated.base_url)
        assert "hdnts" not in repr(playback)
        assert (before, after) == (Topic("a title", "talk"), Topic('another "title"', "game"))
        assert (platform.probe(channel_id), platform.topic(channel_id)) == (Offline(), None)
