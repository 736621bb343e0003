"""Two recorders make a recording: one holds it, the other stands by, and whichever is gone is replaced."""

from dataclasses import replace

import pytest

from mntreamer.domain.errors import LeaseLost
from mntreamer.domain.monitors.check import Outcome
from mntreamer.domain.monitors.streamer import StreamerStatus
from mntreamer.domain.recordings.recording import Recording, RecordingChanges, RecordingStatus
from mntreamer.usecases.recordings.accompany_recording import free_seat
from mntreamer.usecases.recordings.begin_next_part import begin_next_part
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
def opened(world: World) -> World:
    """Two recorders were started for what has just been seen."""
    world.ports.monitors.update("chzzk:c1", {"recorders": 2})
    world.goes_live()
    world.tick()
    world.platform.probed.clear()
    return world


@pytest.fixture
def at_work(opened: World) -> World:
    """Both have stored something."""
    opened.later(seconds=30)
    _renew(opened)
    renew_seat(opened.ports, opened.recording, 2)
    return opened


def _renew(world: World) -> None:
    stores = RecordingChanges(fruitless_launches=0, problem=None, last_segment_at=world.now[0])
    renew_lease(world.ports, world.recording, stores)


def test_both_are_started_at_once(opened: World) -> None:
    assert opened.launches.started == [(ID, 1), (ID, 2)]
    assert opened.recording.recorders == 2
    assert opened.due == []


def test_by_default_as_many_as_the_server_has_it(world: World) -> None:
    world.ports = replace(world.ports, settings=replace(world.ports.settings, recorders=2))
    world.goes_live()
    world.tick()
    assert world.launches.started == [(ID, 1), (ID, 2)]


def test_a_streamer_that_wants_one_has_one_whatever_the_server_has(world: World) -> None:
    world.ports = replace(world.ports, settings=replace(world.ports.settings, recorders=2))
    world.ports.monitors.update("chzzk:c1", {"recorders": 1})
    world.goes_live()
    world.tick()
    assert world.launches.started == [(ID, 1)]


def test_while_both_are_at_work_nothing_is_due(at_work: World) -> None:
    for _ in range(4):
        at_work.later(seconds=30)
        _renew(at_work)
        renew_seat(at_work.ports, at_work.recording, 2)
        assert at_work.due == []
    assert at_work.launches.started == [(ID, 1), (ID, 2)]


def test_a_standby_that_is_gone_is_replaced_and_nobody_asks_the_platform(at_work: World) -> None:
    assert settle_recording(at_work.ports, ID, 2)
    at_work.until_due()

    assert at_work.tick() == {Outcome.RELAUNCHED: 1}
    assert at_work.launches.started == [(ID, 1), (ID, 2), (ID, 4)]
    assert at_work.platform.probed == []
    with pytest.raises(LeaseLost):
        renew_seat(at_work.ports, at_work.recording, 2)
    _renew(at_work)


def test_a_standby_that_is_silent_is_replaced_when_its_lease_is_over(at_work: World) -> None:
    for _ in range(5):
        at_work.later(seconds=30)
        _renew(at_work)
    assert at_work.tick() == {Outcome.RELAUNCHED: 1}
    assert at_work.launches.started[-1] == (ID, 4)


def test_of_a_holder_that_is_gone_the_standby_takes_over_and_has_a_standby_of_its_own(at_work: World) -> None:
    assert settle_recording(at_work.ports, ID, 1, a_problem("exit code 137"))
    assert at_work.tick() == {Outcome.HELD: 1}
    assert take_over_recording(at_work.ports, at_work.recording)
    at_work.until_due()
    _renew(at_work)

    assert at_work.tick() == {Outcome.RELAUNCHED: 1}
    assert (at_work.recording.generation, at_work.recording.standby) == (2, 3)
    assert at_work.launches.started == [(ID, 1), (ID, 2), (ID, 3)]
    assert at_work.streamer.status is StreamerStatus.RECORDING


def test_where_both_are_gone_the_next_tick_begins_again_with_two(at_work: World) -> None:
    settle_recording(at_work.ports, ID, 1)
    settle_recording(at_work.ports, ID, 2)

    assert at_work.tick() == {Outcome.RELAUNCHED: 1}
    assert at_work.launches.started == [(ID, 1), (ID, 2), (ID, 3), (ID, 4)]
    assert at_work.platform.probed == ["c1"]


def test_a_standby_without_room_is_tried_again_and_the_holder_goes_on(world: World) -> None:
    world.ports.monitors.update("chzzk:c1", {"recorders": 2})
    world.goes_live()
    world.tick()
    world.later(seconds=30)
    _renew(world)
    world.launches.broken = True
    free_seat(world.ports, world.recording, 2)
    world.until_due()
    assert world.tick() == {Outcome.RELAUNCHED: 1}
    assert world.due == []
    world.launches.broken = False
    world.until_due()
    _renew(world)
    assert world.tick() == {Outcome.RELAUNCHED: 1}
    assert world.recording.generation == 1
    assert world.launches.started == [(ID, 1), (ID, 2), (ID, 6)]


def test_once_it_is_over_no_standby_is_started_any_more(at_work: World) -> None:
    at_work.goes_offline()
    leave_recording(at_work.ports, at_work.recording, {}, at_work.now[0])
    assert take_over_recording(at_work.ports, at_work.recording)
    at_work.later(seconds=60)

    assert at_work.tick() == {}
    assert at_work.launches.started == [(ID, 1), (ID, 2)]


def test_a_stop_ends_both(at_work: World) -> None:
    stop_recording(at_work.ports, ID)
    settle_recording(at_work.ports, ID, 2)
    at_work.later(minutes=2)
    at_work.tick()

    assert at_work.recording.status is not RecordingStatus.RECORDING
    assert at_work.launches.started == [(ID, 1), (ID, 2)]
    with pytest.raises(LeaseLost):
        renew_seat(at_work.ports, at_work.recording, 2)


def test_a_stop_event_of_a_standby_that_was_replaced_changes_nothing(at_work: World) -> None:
    settle_recording(at_work.ports, ID, 2)
    at_work.until_due()
    at_work.tick()
    before = at_work.recording

    assert settle_recording(at_work.ports, ID, 2) is None
    assert at_work.recording == before


@pytest.fixture
def next_part(at_work: World) -> Recording:
    """Both went on in it by themselves."""
    following = begin_next_part(at_work.ports, at_work.recording, {"segments": 2})
    assert following
    return following


def test_in_a_next_part_nobody_is_started_while_both_are_at_work(at_work: World, next_part: Recording) -> None:
    assert (next_part.generation, next_part.standby) == (1, 2)
    for _ in range(4):
        part = at_work.ports.recordings.get(next_part.recording_id)
        assert part
        renew_lease(at_work.ports, part, RecordingChanges(fruitless_launches=0, last_segment_at=at_work.now[0]))
        renew_seat(at_work.ports, part, 2)
        at_work.later(seconds=30)
        assert at_work.due == []
    assert at_work.launches.started == [(ID, 1), (ID, 2)]


def test_stop_events_that_name_the_part_before_are_about_the_next_one(at_work: World, next_part: Recording) -> None:
    """Their tasks were launched for that."""
    assert relieve_recorder(at_work.ports, ID, 1) is None  # there is a standby
    part = at_work.ports.recordings.get(next_part.recording_id)
    assert part
    assert part.leaving_at

    assert settle_recording(at_work.ports, ID, 2)
    assert at_work.tick() == {Outcome.RELAUNCHED: 1}
    assert at_work.launches.started[-1] == (next_part.recording_id, 4)

    assert settle_recording(at_work.ports, ID, 1, a_problem("exit code 137"))
    part = at_work.ports.recordings.get(next_part.recording_id)
    assert part
    assert part.lease_until == at_work.now[0]


def test_where_the_seat_is_free_in_a_next_part_it_is_filled_by_a_number_that_is_new(at_work: World) -> None:
    settle_recording(at_work.ports, ID, 2)
    following = begin_next_part(at_work.ports, at_work.recording, {"segments": 2})
    assert following
    at_work.later(seconds=30)
    renew_lease(at_work.ports, following, RecordingChanges(fruitless_launches=0, last_segment_at=at_work.now[0]))

    assert at_work.tick() == {Outcome.RELAUNCHED: 1}
    assert at_work.launches.started[-1] == (following.recording_id, 4)
