"""The tick, from a due row to a recorder, and from a recorder's end to a closed recording."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from mntreamer.domain.errors import LaunchFailed, PlatformBlocked, PlatformError
from mntreamer.domain.monitors.check import Outcome
from mntreamer.domain.monitors.streamer import StreamerStatus
from mntreamer.domain.recordings.lease import LAUNCH_GRACE, LAUNCH_LIMIT, LEASE
from mntreamer.domain.recordings.recording import RecordingStatus
from mntreamer.tick.tick import tick
from mntreamer.usecases.monitors.check_monitor import check_monitor
from mntreamer.usecases.recordings.close_recording import close_recording
from mntreamer.usecases.recordings.leave_recording import leave_recording
from mntreamer.usecases.recordings.renew_lease import renew_lease
from mntreamer.usecases.recordings.settle_recording import settle_recording
from tests.contract.records import NOON, a_problem, a_streamer
from tests.integration.usecases.conftest import RECONNECT_WINDOW, World


class TestWatching:
    def test_a_due_streamer_that_is_offline_is_missed_once_and_due_a_minute_later(self, world: World) -> None:
        assert world.tick() == {Outcome.WAITING: 1}

        assert world.streamer.miss_count == 1
        assert world.streamer.check_at
        assert timedelta(seconds=54) <= world.streamer.check_at - NOON <= timedelta(minutes=1)
        assert world.streamer.status is StreamerStatus.IDLE

    def test_only_what_is_due_is_probed(self, world: World) -> None:
        world.ports.monitors.add(a_streamer("later", check_at=NOON + timedelta(seconds=1)))
        world.ports.monitors.add(a_streamer("paused", paused=True, check_at=None))

        world.tick()

        assert world.platform.probed == ["c1"]

    def test_all_that_is_due_is_probed_however_many(self, world: World) -> None:
        for number in range(300):
            world.ports.monitors.add(a_streamer(f"channel-{number}"))

        assert world.tick() == {Outcome.WAITING: 301}

    def test_two_ticks_at_once_probe_a_streamer_once(self, world: World) -> None:
        [due] = world.due
        with ThreadPoolExecutor(8) as pool:
            outcomes = [check.outcome for check in pool.map(lambda _: check_monitor(world.ports, due), range(8))]

        assert sorted(outcomes) == sorted([Outcome.TAKEN] * 7 + [Outcome.WAITING])
        assert world.platform.probed == ["c1"]

    def test_a_tick_after_its_deadline_leaves_the_rest_due(self, world: World) -> None:
        world.now[0] = NOON + timedelta(minutes=10)

        done = tick(world.ports, world.due, until=world.now[0])

        assert {check.outcome for check in done.checks.values()} == {Outcome.LEFT}
        assert world.streamer.check_at == NOON
        [report] = done.reports(["chzzk"])
        assert (report.due, report.claimed, report.left, report.backlog_age_s) == (1, 0, 1, 600.0)

    @pytest.mark.parametrize("error", [PlatformError("HTTP 500"), PlatformBlocked("HTTP 429", 30.0)])
    def test_an_error_is_no_miss_and_is_told(self, world: World, error: PlatformError) -> None:
        world.platform.shows["c1"] = error

        assert world.tick() == {Outcome.FAILED: 1}

        assert world.streamer.miss_count == 0
        assert world.streamer.problem == str(error)

    def test_one_platform_that_fails_does_not_keep_the_others_from_being_checked(self, world: World) -> None:
        world.ports.monitors.add(a_streamer("c2"))
        world.platform.shows["c1"] = PlatformError("HTTP 500")

        world.tick()

        assert sorted(world.platform.probed) == ["c1", "c2"]

    def test_a_platform_that_wants_to_be_left_alone_costs_no_write(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = world.streamer
        monkeypatch.setattr(world.platform, "closed_until", lambda: NOON + timedelta(minutes=1))

        assert world.tick() == {Outcome.LEFT: 1}

        assert world.streamer == before
        assert world.platform.probed == []

    def test_nobody_is_probed_twice_within_the_platforms_floor(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(world.platform, "floor", timedelta(seconds=10))
        world.tick()
        world.later(seconds=9)
        world.ports.monitors.update("chzzk:c1", {"check_at": NOON})

        assert world.tick() == {Outcome.LEFT: 1}
        world.later(seconds=1)
        assert world.tick() == {Outcome.WAITING: 1}

    def test_one_paused_without_a_recording_is_let_go(self, world: World) -> None:
        world.ports.monitors.update("chzzk:c1", {"paused": True})

        assert world.tick() == {Outcome.PAUSED: 1}

        assert (world.streamer.check_at, world.streamer.status) == (None, StreamerStatus.IDLE)
        assert world.platform.probed == []

    def test_one_streamer_that_breaks_the_tick_harms_no_other(self, world: World) -> None:
        world.ports.monitors.add(a_streamer("c2", platform="gone"))

        assert world.tick() == {Outcome.BROKEN: 1, Outcome.WAITING: 1}


class TestOpening:
    def test_a_live_session_gets_a_recording_and_a_recorder(self, world: World) -> None:
        world.goes_live()

        assert world.tick() == {Outcome.OPENED: 1}

        assert world.launches.started == [("chzzk:c1:1001", 1)]
        assert world.recording.detection_delay_s == 30.0
        assert world.recording.status is RecordingStatus.RECORDING
        assert world.recording.n == 1
        assert world.streamer.recording_id == "chzzk:c1:1001"
        assert world.streamer.check_at == NOON + LAUNCH_GRACE

    def test_the_streamer_is_not_recording_before_a_segment_is_stored(self, world: World) -> None:
        world.goes_live()
        world.tick()
        before = world.streamer.status

        renew_lease(world.ports, world.recording, {"last_segment_at": NOON, "fruitless_launches": 0})

        assert (before, world.streamer.status) == (StreamerStatus.PROCESS, StreamerStatus.RECORDING)

    def test_the_day_is_that_of_the_platforms_zone(self, world: World) -> None:
        world.now[0] = NOON.replace(hour=15, minute=1)  # 00:01 in Korea
        world.goes_live()
        world.tick()

        assert "/2026/11/23/1/" in world.recording.prefix

    def test_the_days_second_session_has_the_number_two(self, world: World) -> None:
        world.goes_live("999")
        world.tick()
        _end_and_close(world, "chzzk:c1:999")
        world.goes_live("1001")
        world.until_due()
        world.tick()

        assert world.recording.n == 2

    def test_a_launch_that_fails_is_tried_again_soon_and_told(self, world: World) -> None:
        world.goes_live()
        world.launches.broken = True
        world.tick()
        assert world.streamer.problem == "no capacity"

        world.launches.broken = False
        world.later(seconds=10)
        world.tick()

        assert world.launches.started == [("chzzk:c1:1001", 2)]
        assert world.streamer.problem is None


class TestTheLease:
    def test_while_it_is_held_nobody_else_asks_the_platform(self, world: World) -> None:
        world.goes_live()
        world.tick()
        renew_lease(world.ports, world.recording, {"last_segment_at": NOON, "fruitless_launches": 0})
        world.ports.monitors.update("chzzk:c1", {"check_at": NOON})
        world.platform.probed.clear()

        probed_at = world.streamer.probed_at
        world.later(seconds=1)

        assert world.tick() == {Outcome.HELD: 1}

        assert world.streamer.probed_at == probed_at
        assert world.streamer.status is StreamerStatus.RECORDING
        assert world.platform.probed == []
        assert world.streamer.check_at == world.recording.lease_until

    def test_a_recorder_that_falls_silent_is_replaced_when_its_lease_ends(self, world: World) -> None:
        world.goes_live()
        world.tick()
        renew_lease(world.ports, world.recording, {"last_segment_at": NOON, "fruitless_launches": 0})
        world.later(seconds=LEASE.total_seconds() - 1)
        assert world.tick() == {}

        world.later(seconds=1)
        assert world.tick() == {Outcome.RELAUNCHED: 1}

        assert world.launches.started == [("chzzk:c1:1001", 1), ("chzzk:c1:1001", 2)]

    def test_launches_that_never_store_anything_become_rare_and_the_streamer_says_why(self, world: World) -> None:
        world.goes_live()
        for _ in range(60):
            world.tick()
            newest = world.recording
            settle_recording(world.ports, newest.recording_id, newest.generation, a_problem("exit code 137"))
            world.later(minutes=1)

        assert LAUNCH_LIMIT <= len(world.launches.started) <= LAUNCH_LIMIT + 6
        assert "exit code 137" in (world.streamer.problem or "")
        assert f"{len(world.launches.started)} recorders in a row" in (world.streamer.problem or "")

        newest = world.recording
        renew_lease(world.ports, newest, {"last_segment_at": NOON, "fruitless_launches": 0, "problem": None})
        assert world.streamer.problem is None

    def test_a_recorder_that_holds_on_without_storing_anything_says_why(self, world: World) -> None:
        world.goes_live()
        world.tick()

        renew_lease(world.ports, world.recording, {"problem": a_problem("the source cannot be read")})

        assert world.streamer.problem == "the source cannot be read"
        assert world.streamer.status is StreamerStatus.PROCESS

    def test_a_stop_event_makes_it_due_at_once(self, world: World) -> None:
        world.goes_live()
        world.tick()
        renew_lease(world.ports, world.recording, {"last_segment_at": NOON, "fruitless_launches": 0})

        assert settle_recording(world.ports, "chzzk:c1:1001", 1)
        world.tick()

        assert world.launches.started[-1] == ("chzzk:c1:1001", 2)

    def test_a_stop_event_of_another_generation_is_ignored(self, world: World) -> None:
        world.goes_live()
        world.tick()

        assert settle_recording(world.ports, "chzzk:c1:1001", 7) is None
        assert settle_recording(world.ports, "chzzk:c1:none", 1) is None
        assert world.streamer.check_at == NOON + LAUNCH_GRACE

    def test_a_renewal_takes_back_an_end_that_was_only_a_hint(self, world: World) -> None:
        world.goes_live()
        world.tick()
        world.now[0] = world.recording.lease_until
        world.goes_offline()
        world.tick()
        hinted = world.recording.ended_at

        renew_lease(world.ports, world.recording, {"last_segment_at": world.now[0], "fruitless_launches": 0})

        assert (hinted, world.recording.ended_at) == (world.now[0], None)

    def test_a_recording_whose_streamer_was_removed_as_it_opened_is_closed(self, world: World) -> None:
        def removed_meanwhile(recording_id: str, generation: int) -> None:
            world.ports.monitors.remove("chzzk:c1")
            raise LaunchFailed(f"no capacity for {recording_id}, {generation}")

        world.launches.launch = removed_meanwhile  # type: ignore[method-assign]
        world.goes_live()
        world.tick()

        assert world.recording.status is RecordingStatus.FAILED


class TestTheEnd:
    def test_it_is_closed_once_the_reconnect_window_has_passed(self, world: World) -> None:
        _record_and_end(world)
        for _ in range(5):
            world.until_due()
            assert world.recording.status is RecordingStatus.RECORDING
            world.tick()

        assert world.recording.status is RecordingStatus.FAILED  # nothing was stored in this test
        assert world.recording.closed_at == NOON + RECONNECT_WINDOW
        assert world.streamer.status is StreamerStatus.IDLE
        assert world.streamer.recording_id is None
        assert world.streamer.miss_count == 0

    def test_a_stream_that_comes_back_in_time_goes_on_in_the_same_recording(self, world: World) -> None:
        _record_and_end(world)
        world.later(minutes=2)
        world.goes_live("1002")
        world.tick()

        assert world.launches.started[-1] == ("chzzk:c1:1001", 2)
        assert world.ports.recordings.get("chzzk:c1:1002") == world.recording
        assert world.recording.ended_at is None

    def test_a_session_that_is_on_when_the_last_one_closes_is_recorded_at_once(self, world: World) -> None:
        _record_and_end(world)
        world.later(minutes=30)
        world.goes_live("1002")

        assert world.tick() == {Outcome.CLOSED: 1}

        assert world.recording.status is RecordingStatus.FAILED  # nothing was stored in this test
        assert world.streamer.recording_id == "chzzk:c1:1002"
        assert world.launches.started[-1] == ("chzzk:c1:1002", 1)

    def test_an_error_after_the_window_does_not_close_it(self, world: World) -> None:
        _record_and_end(world)
        world.platform.shows["c1"] = PlatformError("HTTP 500")
        for _ in range(10):
            world.until_due()
            world.tick()

        assert world.recording.status is RecordingStatus.RECORDING

    def test_a_crash_between_closing_the_recording_and_freeing_the_streamer_is_made_good(self, world: World) -> None:
        _record_and_end(world)
        world.ports.recordings.update(
            "chzzk:c1:1001", {"status": RecordingStatus.IDLE}, {"status": RecordingStatus.RECORDING}
        )
        world.until_due()

        assert world.tick() == {Outcome.CLOSED: 1}
        assert world.streamer.recording_id is None
        assert world.streamer.recorded == 1


def _record_and_end(world: World) -> None:
    world.goes_live()
    world.tick()
    renewed = renew_lease(world.ports, world.recording, {"first_segment_at": NOON, "last_segment_at": NOON})
    leave_recording(world.ports, renewed, {}, ended_at=world.now[0])
    world.goes_offline()


def _end_and_close(world: World, recording_id: str) -> None:
    recording = world.ports.recordings.get(recording_id)
    assert recording
    leave_recording(world.ports, recording, {}, ended_at=world.now[0])
    world.goes_offline()
    while world.streamer.recording_id:
        world.until_due()
        world.tick()


class TestParts:
    def test_after_a_full_part_whose_recorder_died_a_tick_opens_the_next(self, world: World) -> None:
        world.goes_live()
        world.tick()
        close_recording(world.ports, world.recording, is_full=True)
        world.until_due()

        assert world.tick() == {Outcome.OPENED: 1}

        following = world.ports.recordings.get("chzzk:c1:1001.2")
        assert following
        assert (following.part, following.n, following.live_id) == (2, 2, "1001")
        assert world.streamer.recording_id == following.recording_id
        assert world.launches.started == [("chzzk:c1:1001", 1), ("chzzk:c1:1001.2", 3)]

    def test_a_next_part_that_closed_goes_on_where_its_session_returns(self, world: World) -> None:
        world.goes_live()
        world.tick()
        close_recording(world.ports, world.recording, is_full=True)
        world.until_due()
        world.tick()
        _end_and_close(world, "chzzk:c1:1001.2")
        world.goes_live()
        world.until_due()

        assert world.tick() == {Outcome.RELAUNCHED: 1}
        assert world.launches.started[-1][0] == "chzzk:c1:1001.2"
