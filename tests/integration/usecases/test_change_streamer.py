"""A person pauses, resumes and sets, whatever is going on just then."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mntreamer.domain.errors import NotFound, PlatformError
from mntreamer.domain.monitors.check import Outcome
from mntreamer.domain.monitors.probe import Live, NotRecordable, Offline, Probe, UnknownChannel
from mntreamer.domain.monitors.streamer import Streamer, StreamerChanges, StreamerStatus
from mntreamer.domain.recordings.lease import LEASE
from mntreamer.usecases.monitors.change_streamer import change_streamer
from mntreamer.usecases.recordings.close_recording import close_recording
from tests.contract.records import NOON, a_problem, a_streamer
from tests.integration.usecases.conftest import World
from tests.integration.usecases.episodes import (
    before_the_first_write,
    during_a_look,
    end,
    record,
    store,
    until_closed,
)

FLOOR = timedelta(seconds=10)
LIVE = Live("1001", "title", "game", NOON)
PAUSED: StreamerChanges = {"paused": True}
RESUMED: StreamerChanges = {"paused": False}


class TestPausing:
    def test_nobody_looks_any_more(self, world: World) -> None:
        paused = _change(world, PAUSED)
        world.later(days=2)

        assert (paused.paused, paused.check_at, paused.status) == (True, None, StreamerStatus.IDLE)
        assert world.tick() == {}

    @pytest.mark.parametrize("shown", [PlatformError("HTTP 500"), NotRecordable(a_problem("for adults only"))])
    def test_what_was_last_seen_is_no_longer_told(self, world: World, shown: Probe | PlatformError) -> None:
        world.platform.shows["c1"] = shown
        world.tick()
        assert world.streamer.problem

        paused = _change(world, PAUSED)

        assert (paused.problem, paused.error_count, paused.is_streaming) == (None, 0, False)

    @pytest.mark.parametrize(
        "shown",
        [Offline(), LIVE, NotRecordable(a_problem("for adults only")), UnknownChannel(), PlatformError("HTTP 500")],
    )
    def test_while_it_is_looked_at_what_the_look_shows_counts_no_more(
        self, world: World, monkeypatch: pytest.MonkeyPatch, shown: Probe | PlatformError
    ) -> None:
        world.platform.shows["c1"] = shown
        during_a_look(world, monkeypatch, lambda: _change(world, PAUSED))

        world.tick()

        assert (world.streamer.paused, world.streamer.check_at) == (True, None)
        assert (world.streamer.status, world.streamer.problem) == (StreamerStatus.IDLE, None)
        assert world.launches.started == []

    def test_a_tick_that_is_faster_is_seen(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        world.goes_live()
        before_the_first_write(world, monkeypatch, world.tick)

        paused = _change(world, PAUSED)

        assert (paused.recording_id, paused.check_at) == ("chzzk:c1:1001", world.recording.lease_until)

    def test_twice_is_once(self, world: World) -> None:
        world.ports.monitors.update(
            "chzzk:c1", {"paused": True, "check_at": None, "problem": a_problem("unknown channel")}
        )
        before = world.streamer

        assert _change(world, PAUSED) == before


class TestPausingWhileItIsRecorded:
    def test_the_recording_goes_on(self, world: World) -> None:
        record(world)
        before = world.streamer

        assert _change(world, PAUSED) == replace(before, paused=True)

        store(world)
        assert world.streamer.check_at == world.recording.lease_until
        assert world.streamer.status is StreamerStatus.RECORDING

    def test_a_recorder_that_dies_has_a_successor(self, world: World) -> None:
        record(world)
        _change(world, PAUSED)
        world.later(seconds=LEASE.total_seconds())

        assert world.tick() == {Outcome.RELAUNCHED: 1}
        assert world.launches.started[-1] == ("chzzk:c1:1001", 2)

    def test_a_stream_that_comes_back_goes_on_in_it(self, world: World) -> None:
        record(world)
        _change(world, PAUSED)
        end(world)
        world.later(minutes=2)
        world.goes_live("1002")

        assert world.tick() == {Outcome.RELAUNCHED: 1}

    def test_it_is_closed_at_its_end_and_then_nobody_looks(self, world: World) -> None:
        record(world)
        _change(world, PAUSED)
        end(world)

        until_closed(world)

        assert (world.streamer.recording_id, world.streamer.check_at) == (None, None)
        assert world.streamer.status is StreamerStatus.IDLE
        world.later(days=2)
        assert world.tick() == {}

    def test_the_next_session_is_not_recorded(self, world: World) -> None:
        record(world)
        _change(world, PAUSED)
        end(world)
        world.later(minutes=30)
        world.goes_live("1002")

        assert world.tick() == {Outcome.CLOSED: 1}

        assert world.ports.recordings.get("chzzk:c1:1002") is None
        assert (world.streamer.recording_id, world.streamer.check_at) == (None, None)

    @pytest.mark.parametrize("shown", [Offline(), Live("1002", "the next", "game", NOON + timedelta(minutes=29))])
    def test_during_the_look_that_closes_it(
        self, world: World, monkeypatch: pytest.MonkeyPatch, shown: Probe
    ) -> None:
        record(world)
        end(world)
        world.later(minutes=30)
        world.platform.shows["c1"] = shown
        during_a_look(world, monkeypatch, lambda: _change(world, PAUSED))

        assert world.tick() == {Outcome.CLOSED: 1}
        assert (world.streamer.paused, world.streamer.check_at) == (True, None)
        assert world.ports.recordings.get("chzzk:c1:1002") is None

    def test_in_the_moment_in_which_it_is_let_go(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        record(world)
        before_the_first_write(world, monkeypatch, lambda: _change(world, PAUSED))

        close_recording(world.ports, world.recording)

        assert (world.streamer.recording_id, world.streamer.check_at) == (None, None)

    def test_a_recording_that_was_never_opened_holds_nobody(self, world: World) -> None:
        world.ports.monitors.update("chzzk:c1", {"recording_id": "chzzk:c1:1001"})
        _change(world, PAUSED)

        assert world.tick() == {Outcome.PAUSED: 1}
        assert (world.streamer.recording_id, world.streamer.check_at) == (None, None)


class TestResuming:
    def test_it_is_looked_at_at_once_and_closely_again(self, world: World) -> None:
        world.ports.monitors.update("chzzk:c1", {"miss_count": 61})
        _change(world, PAUSED)
        world.later(days=2)

        resumed = _change(world, RESUMED)

        assert (resumed.paused, resumed.check_at, resumed.watched_since) == (False, world.now[0], world.now[0])
        assert resumed.miss_count == 0
        assert world.tick() == {Outcome.WAITING: 1}

    def test_not_before_the_platforms_floor(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(world.platform, "floor", FLOOR)
        world.tick()
        _change(world, PAUSED)
        world.later(seconds=1)

        assert _change(world, RESUMED).check_at == NOON + FLOOR

    def test_a_look_from_before_the_pause_counts_no_more(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        world.platform.shows["c1"] = UnknownChannel()

        def paused_and_resumed() -> None:
            _change(world, PAUSED)
            world.later(seconds=1)
            _change(world, RESUMED)

        during_a_look(world, monkeypatch, paused_and_resumed)
        world.tick()

        assert (world.streamer.paused, world.streamer.check_at) == (False, NOON + timedelta(seconds=1))

    def test_while_it_is_recorded_it_is_watched_on(self, world: World) -> None:
        record(world)
        before = world.streamer
        _change(world, PAUSED)

        assert _change(world, RESUMED) == before

        end(world)
        until_closed(world)
        assert world.streamer.check_at == world.now[0] + timedelta(minutes=1)

    def test_a_channel_that_was_unknown(self, world: World) -> None:
        world.platform.shows["c1"] = UnknownChannel()
        world.tick()
        assert (world.streamer.paused, world.streamer.check_at) == (True, None)
        world.platform.shows["c1"] = Offline()
        world.later(days=1)

        assert _change(world, RESUMED).problem is None
        assert world.tick() == {Outcome.WAITING: 1}

    def test_what_began_while_nobody_looked_is_no_late_detection(self, world: World) -> None:
        _change(world, PAUSED)
        world.goes_live()
        world.later(hours=1)
        _change(world, RESUMED)
        world.tick()

        assert world.recording.detection_delay_s is None

    def test_one_that_is_not_paused_stays_as_it_is(self, world: World) -> None:
        world.tick()
        before = world.streamer
        world.later(seconds=20)

        assert _change(world, RESUMED) == before


class TestSettings:
    def test_nothing_else_changes(self, world: World) -> None:
        world.tick()
        before = world.streamer

        assert _change(world, {"priority": -5, "max_height": 720}) == replace(before, priority=-5, max_height=720)

    def test_who_has_the_higher_priority_comes_first(self, world: World) -> None:
        world.ports.monitors.add(a_streamer("earlier", check_at=NOON - timedelta(minutes=9)))
        world.ports.monitors.add(a_streamer("later"))
        change_streamer(world.ports, "chzzk:later", {"priority": 1})
        change_streamer(world.ports, "chzzk:earlier", {"priority": -1})

        assert [due.streamer_id for due in world.due] == ["chzzk:later", "chzzk:c1", "chzzk:earlier"]

    def test_the_height_counts_for_the_next_recording(self, world: World) -> None:
        record(world)
        _change(world, {"max_height": 480})
        under_way = world.recording.max_height
        end(world)
        until_closed(world)
        world.goes_live("1002")
        world.until_due()
        world.tick()

        assert (under_way, _max_height(world, "1002")) == (None, 480)

    def test_without_an_own_height_the_servers_counts_again(self, world: World) -> None:
        world.ports = replace(world.ports, settings=replace(world.ports.settings, max_height=1080))
        _change(world, {"max_height": 480})
        _change(world, {"max_height": None})
        record(world)

        assert _max_height(world, "1001") == 1080

    def test_whoever_is_not_there_cannot_be_changed(self, world: World) -> None:
        with pytest.raises(NotFound, match="chzzk:c2"):
            change_streamer(world.ports, "chzzk:c2", PAUSED)


def _change(world: World, wishes: StreamerChanges) -> Streamer:
    """The answer, which is what is stored."""
    changed = change_streamer(world.ports, "chzzk:c1", wishes)
    assert changed == world.streamer
    return changed


def _max_height(world: World, live_id: str) -> int | None:
    recording = world.ports.recordings.get(f"chzzk:c1:{live_id}")
    assert recording
    return recording.max_height
