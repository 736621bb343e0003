"""A person ends a recording: all of it is kept, and the live session is not taken up again."""

from collections.abc import Callable

import pytest

from mntreamer.domain.errors import WrongState
from mntreamer.domain.monitors.check import Outcome
from mntreamer.domain.recordings.lease import LEASE
from mntreamer.domain.recordings.recording import RecordingStatus
from mntreamer.ports import Ports
from mntreamer.usecases.recordings.begin_next_part import begin_next_part
from mntreamer.usecases.recordings.renew_lease import renew_lease
from mntreamer.usecases.recordings.settle_recording import settle_recording
from mntreamer.usecases.recordings.stop_recording import leave_stopped, stop_recording
from mntreamer.usecases.refining.delete_recording import delete_recording
from tests.contract.records import a_problem
from tests.integration.usecases.conftest import RECONNECT_WINDOW, World
from tests.integration.usecases.interrupted import Crash, Interruption, die
from tests.integration.usecases.recorded import being_recorded, closed, objects, published, store_segment, stored

ID = "chzzk:c1:1001"
IDLE = RecordingStatus.IDLE


def test_its_recorder_sees_it_at_the_next_renewal_and_closes_it_with_all_that_it_has(world: World) -> None:
    being_recorded(world)

    stopped = stop_recording(world.ports, ID)
    assert stopped.status is RecordingStatus.RECORDING
    world.later(seconds=30)
    seen = renew_lease(world.ports, world.recording, {})
    assert seen.stopped_at == stopped.stopped_at
    store_segment(world, stored(5))
    leave_stopped(world.ports, seen, {})

    assert (world.recording.status, world.recording.segments) == (IDLE, 6)
    assert "#EXT-X-ENDLIST" in (published(world) or "")
    assert world.streamer.recording_id is None


def test_without_a_recorder_it_is_closed_at_once(world: World) -> None:
    being_recorded(world)
    world.later(seconds=LEASE.total_seconds())

    assert stop_recording(world.ports, ID).status is IDLE
    assert world.recording.segments == 5


def test_after_a_recorder_that_died_it_is_closed_without_waiting_for_the_stream_to_come_back(world: World) -> None:
    being_recorded(world)
    stop_recording(world.ports, ID)
    settle_recording(world.ports, ID, world.recording.generation, a_problem("exit code 137"))
    world.until_due()
    asked = len(world.platform.probed)

    assert world.tick() == {Outcome.CLOSED: 1}
    assert world.recording.status is IDLE
    assert len(world.platform.probed) == asked


def test_its_live_session_is_not_taken_up_again_and_the_next_one_is_recorded(world: World) -> None:
    being_recorded(world)
    world.later(seconds=LEASE.total_seconds())
    stop_recording(world.ports, ID)

    for _ in range(3):
        world.until_due()
        world.tick()
        assert world.recording.status is IDLE
    assert "stopped" in (world.streamer.problem or "")

    world.goes_live("1002")
    world.until_due()
    assert world.tick() == {Outcome.OPENED: 1}


def test_a_session_that_follows_within_the_reconnect_window_is_another_recording(world: World) -> None:
    being_recorded(world)
    stop_recording(world.ports, ID)
    settle_recording(world.ports, ID, world.recording.generation)
    world.later(seconds=RECONNECT_WINDOW.total_seconds() / 5)
    world.goes_live("1002")
    for _ in range(2):
        world.until_due()
        world.tick()

    assert world.recording.status is IDLE
    following = world.ports.recordings.get("chzzk:c1:1002")
    assert following
    assert following.recording_id == "chzzk:c1:1002"


def test_it_does_not_go_on_in_a_next_part(world: World) -> None:
    held = being_recorded(world)
    stop_recording(world.ports, ID)

    assert begin_next_part(world.ports, held, {"segments": 5}) is None
    assert (world.recording.status, world.recording.is_full) == (IDLE, False)


@pytest.mark.parametrize("deed", [stop_recording, delete_recording])
@pytest.mark.parametrize("write", range(1, 5))
def test_while_it_is_closed_as_full_it_is_not_too_late(
    world: World, write: int, deed: Callable[[Ports, str], object]
) -> None:
    held = being_recorded(world)
    meanwhile = Interruption(write, lambda: deed(world.ports, ID))

    assert begin_next_part(meanwhile.of(world.ports), held, {"segments": 5}) is None
    world.until_due()
    world.tick()

    assert meanwhile.has_happened
    assert world.ports.recordings.get(f"{ID}.2") is None


def test_repeating_it_changes_nothing(world: World) -> None:
    being_recorded(world)
    stopped = stop_recording(world.ports, ID)
    world.later(seconds=10)
    assert stop_recording(world.ports, ID) == stopped

    leave_stopped(world.ports, stopped, {})
    assert stop_recording(world.ports, ID) == world.recording


def test_one_that_is_over_cannot_be_stopped(world: World) -> None:
    closed(world)

    with pytest.raises(WrongState, match="IDLE"):
        stop_recording(world.ports, ID)


@pytest.mark.parametrize("write", range(3))
def test_a_tick_that_is_about_to_launch_the_next_recorder_leaves_it(world: World, write: int) -> None:
    being_recorded(world)
    world.later(seconds=LEASE.total_seconds())
    meanwhile = Interruption(write, lambda: stop_recording(world.ports, ID))
    ticking = World(meanwhile.of(world.ports), world.platform, world.launches, world.now)

    ticking.tick()

    assert meanwhile.has_happened
    assert world.recording.status is IDLE
    assert world.launches.started == [(ID, 1)]


def test_whatever_breaks_off_is_finished_by_repeating_it(world: World) -> None:
    being_recorded(world)
    world.later(seconds=LEASE.total_seconds())
    for write in range(100):
        death = Interruption(write, die)
        try:
            stop_recording(death.of(world.ports), ID)
        except Crash:
            assert len([name for name in objects(world) if name.startswith("segments/")]) == 5
        if not death.has_happened:
            break
    world.until_due()
    world.tick()

    assert (world.recording.status, world.streamer.recording_id) == (IDLE, None)
    assert "#EXT-X-ENDLIST" in (published(world) or "")
