"""A recorder that is to leave stays until another has taken over, whatever becomes of events and launches."""

from dataclasses import replace

import pytest

from mntreamer.domain.errors import LeaseLost
from mntreamer.domain.monitors.check import Outcome
from mntreamer.domain.recordings.recording import RecordingChanges, RecordingStatus
from mntreamer.usecases.recordings.hand_over_recording import hand_over_recording
from mntreamer.usecases.recordings.leave_recording import leave_recording
from mntreamer.usecases.recordings.relieve_recorder import relieve_recorder
from mntreamer.usecases.recordings.renew_lease import renew_lease, renew_seat
from mntreamer.usecases.recordings.settle_recording import settle_recording
from mntreamer.usecases.recordings.stop_recording import stop_recording
from mntreamer.usecases.recordings.take_over_recording import take_over_recording
from tests.contract.records import a_problem
from tests.integration.usecases.conftest import World

ID = "chzzk:c1:1001"


@pytest.fixture
def at_work(world: World) -> World:
    """The first recorder holds its recording and stores."""
    world.goes_live()
    world.tick()
    world.later(seconds=30)
    _renew(world)
    world.platform.probed.clear()
    return world


def _renew(world: World) -> None:
    stores = RecordingChanges(fruitless_launches=0, problem=None, last_segment_at=world.now[0])
    renew_lease(world.ports, world.recording, stores)


def _relieve(world: World, generation: int = 1) -> Outcome | None:
    check = relieve_recorder(world.ports, ID, generation)
    return check.outcome if check else None


def test_the_next_recorder_starts_beside_it_and_nobody_asks_the_platform(at_work: World) -> None:
    assert _relieve(at_work) is Outcome.RELAUNCHED

    assert at_work.launches.started == [(ID, 1), (ID, 2)]
    assert at_work.platform.probed == []
    assert (at_work.recording.generation, at_work.recording.standby) == (1, 2)
    _renew(at_work)  # it goes on


def test_told_twice_one_is_started(at_work: World) -> None:
    assert [_relieve(at_work), _relieve(at_work)] == [Outcome.RELAUNCHED, None]
    assert at_work.launches.started == [(ID, 1), (ID, 2)]


def test_told_late_of_one_that_was_taken_over_nothing_happens(at_work: World) -> None:
    _relieve(at_work)
    assert take_over_recording(at_work.ports, at_work.recording)
    before = at_work.recording

    assert _relieve(at_work) is None
    assert settle_recording(at_work.ports, ID, 1) is None
    assert at_work.recording == before


def test_never_told_the_next_tick_starts_it_as_the_recorder_says_itself_that_it_leaves(at_work: World) -> None:
    assert hand_over_recording(at_work.ports, at_work.recording, 1)
    assert hand_over_recording(at_work.ports, at_work.recording, 1) is None

    assert at_work.tick() == {Outcome.RELAUNCHED: 1}
    assert at_work.launches.started == [(ID, 1), (ID, 2)]
    assert at_work.platform.probed == []
    assert at_work.due == []


def test_a_platform_that_wants_to_be_left_alone_holds_up_no_hand_over(at_work: World) -> None:
    at_work.ports.monitors.update("chzzk:c1", {"probed_at": at_work.now[0]})

    assert _relieve(at_work) is Outcome.RELAUNCHED


def test_who_took_over_holds_the_recording_and_who_was_taken_over_loses_it(at_work: World) -> None:
    before = at_work.recording
    _relieve(at_work)
    taken = take_over_recording(at_work.ports, at_work.recording)

    assert taken
    assert taken.generation == 2
    with pytest.raises(LeaseLost):
        renew_lease(at_work.ports, before, {})
    _renew(at_work)
    assert at_work.launches.started == [(ID, 1), (ID, 2)]
    assert at_work.due == []


def test_of_a_take_over_and_a_renewal_at_once_the_recording_has_one_holder(at_work: World) -> None:
    _relieve(at_work)
    as_read = at_work.recording
    at_work.later(seconds=1)
    _renew(at_work)

    assert take_over_recording(at_work.ports, as_read) is None
    assert at_work.recording.generation == 1
    assert take_over_recording(at_work.ports, at_work.recording)


def test_where_the_next_cannot_be_started_each_tick_tries_again(at_work: World) -> None:
    at_work.launches.broken = True
    check = relieve_recorder(at_work.ports, ID, 1)
    assert check
    assert check.launch_failed
    assert at_work.tick() == {Outcome.RELAUNCHED: 1}
    at_work.launches.broken = False

    at_work.later(seconds=1)
    assert at_work.tick() == {Outcome.RELAUNCHED: 1}
    assert at_work.launches.started == [(ID, 1), (ID, 6)]


def test_where_the_next_never_comes_the_end_of_its_lease_starts_another(at_work: World) -> None:
    _relieve(at_work)
    leave_recording(at_work.ports, at_work.recording, {}, None)

    assert at_work.tick() == {Outcome.HELD: 1}
    at_work.until_due()
    assert at_work.tick() == {Outcome.RELAUNCHED: 1}
    assert at_work.launches.started == [(ID, 1), (ID, 2), (ID, 3)]


def test_where_the_next_dies_before_it_took_over_another_comes_at_once(at_work: World) -> None:
    _relieve(at_work)

    assert settle_recording(at_work.ports, ID, 2)
    assert at_work.tick() == {Outcome.RELAUNCHED: 1}
    assert at_work.launches.started == [(ID, 1), (ID, 2), (ID, 4)]


def test_where_the_old_one_dies_early_nobody_else_is_started(at_work: World) -> None:
    _relieve(at_work)

    assert settle_recording(at_work.ports, ID, 1, a_problem("exit code 137"))
    assert at_work.tick() == {Outcome.HELD: 1}
    assert at_work.launches.started == [(ID, 1), (ID, 2)]
    assert take_over_recording(at_work.ports, at_work.recording)


def test_a_recording_that_a_person_stopped_gets_no_successor(at_work: World) -> None:
    stop_recording(at_work.ports, ID)

    assert _relieve(at_work) is None
    assert at_work.launches.started == [(ID, 1)]


def test_the_successor_of_a_stream_that_ends_in_that_moment_does_not_begin_it_anew(at_work: World) -> None:
    _relieve(at_work)
    leave_recording(at_work.ports, at_work.recording, {}, at_work.now[0])
    at_work.goes_offline()
    assert take_over_recording(at_work.ports, at_work.recording)
    leave_recording(at_work.ports, at_work.recording, {}, at_work.now[0])

    at_work.later(minutes=6)
    assert at_work.tick() == {Outcome.CLOSED: 1}
    assert at_work.recording.status is RecordingStatus.FAILED  # nothing was stored in this test
    assert at_work.launches.started == [(ID, 1), (ID, 2)]


def test_a_closed_recording_has_a_number_that_no_recorder_of_it_had(at_work: World) -> None:
    _relieve(at_work)
    stop_recording(at_work.ports, ID)
    at_work.later(minutes=5)
    at_work.tick()

    assert at_work.recording.status is RecordingStatus.FAILED  # nothing was stored in this test
    assert at_work.recording.generation == 3
    with pytest.raises(LeaseLost):
        renew_seat(at_work.ports, at_work.recording, 2)


def test_a_recording_that_nobody_made_is_no_trouble(world: World) -> None:
    assert relieve_recorder(world.ports, "chzzk:c1:9999", 1) is None


def test_of_two_recorders_the_one_that_stands_by_is_told_to_leave(at_work: World) -> None:
    at_work.ports.recordings.update(ID, {"standby": 2, "standby_until": at_work.now[0]}, {})
    at_work.ports = replace(at_work.ports)

    assert _relieve(at_work, 2) is None
    assert at_work.recording.leaving_at is None
