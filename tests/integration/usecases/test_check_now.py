"""A person does not wait, whatever is going on just then."""

from datetime import timedelta

import pytest

from mntreamer.domain.errors import NotFound, WrongState
from mntreamer.domain.monitors.check import Outcome
from mntreamer.domain.monitors.checking import claim
from mntreamer.domain.monitors.probe import Offline
from mntreamer.domain.monitors.streamer import Streamer, StreamerStatus
from mntreamer.domain.recordings.lease import LAUNCH_LIMIT, LEASE
from mntreamer.domain.recordings.recording import RecordingStatus
from mntreamer.usecases.monitors.change_streamer import change_streamer
from mntreamer.usecases.monitors.check_now import check_now
from mntreamer.usecases.recordings.settle_recording import settle_recording
from tests.contract.records import NOON, a_problem
from tests.integration.usecases.conftest import World
from tests.integration.usecases.episodes import (
    after_the_first_write,
    before_the_first_write,
    during_a_look,
    end,
    record,
    store,
)

FLOOR = timedelta(seconds=10)


class TestWhileNobodyIsAtIt:
    def test_it_is_due_at_once(self, world: World) -> None:
        world.ports.monitors.update("chzzk:c1", {"miss_count": 62})
        world.tick()
        world.later(minutes=5)
        assert world.tick() == {}

        assert _check(world).check_at == world.now[0]
        assert world.tick() == {Outcome.WAITING: 1}

    def test_not_before_the_platforms_floor(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(world.platform, "floor", FLOOR)
        world.tick()
        world.later(seconds=3)

        assert _check(world).check_at == NOON + FLOOR
        assert world.tick() == {}

    def test_one_that_is_due_sooner_stays_so(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(world.platform, "floor", timedelta(minutes=10))
        world.tick()
        world.ports.monitors.update("chzzk:c1", {"check_at": NOON + timedelta(seconds=20)})

        assert _check(world).check_at == NOON + timedelta(seconds=20)

    def test_one_who_is_paused_must_be_resumed_first(self, world: World) -> None:
        change_streamer(world.ports, "chzzk:c1", {"paused": True})
        before = world.streamer

        with pytest.raises(WrongState, match="resume"):
            check_now(world.ports, "chzzk:c1")

        assert world.streamer == before

    def test_whoever_is_not_there_cannot_be_checked(self, world: World) -> None:
        with pytest.raises(NotFound, match="chzzk:c2"):
            check_now(world.ports, "chzzk:c2")


class TestWhileItIsLookedAt:
    def test_nothing_changes(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        def checked_meanwhile() -> None:
            world.later(seconds=30)
            before = world.streamer
            assert _check(world) == before

        during_a_look(world, monkeypatch, checked_meanwhile)

        assert world.tick() == {Outcome.WAITING: 1}
        assert (world.streamer.status, world.streamer.miss_count) == (StreamerStatus.IDLE, 1)

    def test_a_claim_that_is_faster_is_let_alone(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        [due] = world.due
        world.ports.monitors.update("chzzk:c1", {"check_at": NOON + timedelta(seconds=1)})
        claimed = claim(due, NOON + timedelta(seconds=1))
        before_the_first_write(world, monkeypatch, lambda: world.ports.monitors.update("chzzk:c1", claimed))

        answered = _check(world)

        assert (answered.status, answered.check_at) == (StreamerStatus.PROCESS, claimed["check_at"])

    def test_a_tick_that_is_faster_is_seen(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        world.goes_live()
        world.ports.monitors.update("chzzk:c1", {"check_at": NOON + timedelta(minutes=1)})

        def due_after_all() -> None:
            world.later(minutes=1)
            world.tick()

        before_the_first_write(world, monkeypatch, due_after_all)
        _check(world)

        assert world.tick() == {Outcome.HELD: 1}
        assert world.launches.started == [("chzzk:c1:1001", 1)]


class TestWhileItIsRecorded:
    def test_segments_that_arrive_are_let_alone(self, world: World) -> None:
        record(world)
        before = world.streamer

        assert _check(world) == before

    def test_a_recorder_that_is_starting_keeps_its_lease(self, world: World) -> None:
        world.goes_live()
        world.tick()
        before = world.recording
        world.later(seconds=1)

        assert _check(world).check_at == world.now[0]

        assert world.tick() == {Outcome.HELD: 1}
        assert world.recording == before
        assert world.streamer.check_at == before.lease_until
        store(world)
        assert world.streamer.status is StreamerStatus.RECORDING

    def test_a_silent_recorder_keeps_its_lease_to_its_end(self, world: World) -> None:
        record(world)
        world.later(seconds=LEASE.total_seconds() - 1)
        _check(world)
        assert world.tick() == {}

        world.later(seconds=1)
        assert world.tick() == {Outcome.RELAUNCHED: 1}

    def test_a_paused_one_whose_recording_goes_on_can_be_checked(self, world: World) -> None:
        _launches_are_given_up(world)
        change_streamer(world.ports, "chzzk:c1", {"paused": True})

        assert _check(world).check_at == world.now[0]

    def test_a_stream_that_just_ended_may_be_back(self, world: World) -> None:
        record(world)
        end(world)
        world.goes_live("1002")
        world.later(seconds=5)
        assert world.tick() == {}

        _check(world)

        assert world.tick() == {Outcome.RELAUNCHED: 1}

    def test_it_is_not_closed_any_sooner(self, world: World) -> None:
        record(world)
        end(world)
        world.platform.shows["c1"] = Offline()
        for _ in range(4):
            world.later(minutes=1)
            _check(world)
            world.tick()

        assert world.recording.status is RecordingStatus.RECORDING


class TestAfterLaunchesWereGivenUp:
    def test_it_is_tried_again(self, world: World) -> None:
        _launches_are_given_up(world)
        launched = len(world.launches.started)
        world.later(seconds=30)
        assert world.tick() == {}

        assert _check(world).check_at == world.now[0]

        assert world.tick() == {Outcome.RELAUNCHED: 1}
        assert len(world.launches.started) == launched + 1
        assert world.streamer.problem is None

    def test_with_new_patience(self, world: World) -> None:
        _launches_are_given_up(world)
        launched = len(world.launches.started)
        world.later(seconds=30)
        _check(world)
        world.tick()

        for _ in range(4):
            _fails(world)
            world.until_due()
            world.tick()

        assert len(world.launches.started) == launched + 5

    def test_also_by_a_tick_in_the_same_moment(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        _launches_are_given_up(world)
        launched = len(world.launches.started)
        world.later(seconds=30)
        after_the_first_write(world, monkeypatch, world.tick)

        check_now(world.ports, "chzzk:c1")

        assert len(world.launches.started) == launched + 1


def _check(world: World) -> Streamer:
    """The answer, which is what is stored."""
    answered = check_now(world.ports, "chzzk:c1")
    assert answered == world.streamer
    return answered


def _fails(world: World) -> None:
    settle_recording(
        world.ports, world.recording.recording_id, world.recording.generation, a_problem("exit code 137")
    )


def _launches_are_given_up(world: World) -> None:
    world.goes_live()
    for _ in range(LAUNCH_LIMIT):
        world.until_due()
        world.tick()
        _fails(world)
    assert world.streamer.problem
    assert world.streamer.check_at == world.now[0] + timedelta(minutes=10)
