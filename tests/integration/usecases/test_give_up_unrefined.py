"""What nobody confirms is deleted where a time is set for that, and can be restored."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mntreamer.domain.recordings.recording import RecordingStatus
from mntreamer.ports import Ports
from mntreamer.usecases.refining.confirm_recording import confirm_recording
from mntreamer.usecases.refining.give_up_unrefined import give_up_unrefined
from mntreamer.usecases.refining.purge_recordings import purge_recordings
from mntreamer.usecases.refining.restore_recording import restore_recording
from tests.contract.records import a_recording
from tests.integration.usecases.conftest import World
from tests.integration.usecases.interrupted import Crash, Interruption, die
from tests.integration.usecases.recorded import closed, objects, published

ID = "chzzk:c1:1001"
KEPT_FOR = timedelta(days=90)


@pytest.fixture
def ports(world: World) -> Ports:
    """One recording that was closed an hour ago, and settings that let it wait for ninety days."""
    closed(world)
    return replace(world.ports, settings=replace(world.ports.settings, unrefined_kept_for=KEPT_FOR))


def test_it_is_out_of_sight_then_and_gone_after_the_grace_time(world: World, ports: Ports) -> None:
    world.later(days=89)
    assert give_up_unrefined(ports, 10) == 0

    world.later(days=1)
    assert give_up_unrefined(ports, 10) == 1

    row = world.recording
    assert (row.status, row.purge_at) == (RecordingStatus.TERMINATED, world.now[0] + timedelta(days=7))
    assert published(world) is None
    world.later(days=7)
    purge_recordings(ports, 1000)
    assert objects(world) == []


def test_without_a_time_everything_is_kept(world: World, ports: Ports) -> None:
    world.later(days=3650)
    assert give_up_unrefined(replace(ports, settings=world.ports.settings), 10) == 0
    assert world.recording.status is RecordingStatus.IDLE


def test_what_was_confirmed_is_kept(world: World, ports: Ports) -> None:
    confirm_recording(ports, ID)
    world.later(days=3650)
    assert give_up_unrefined(ports, 10) == 0
    assert world.recording.status is RecordingStatus.DONE


def test_what_was_restored_is_not_deleted_again_at_once(world: World, ports: Ports) -> None:
    world.later(days=91)
    give_up_unrefined(ports, 10)
    restore_recording(ports, ID)

    assert give_up_unrefined(ports, 10) == 0
    assert published(world)

    world.later(days=90)
    assert give_up_unrefined(ports, 10) == 1


@pytest.mark.parametrize("write", range(3))
def test_who_confirms_it_meanwhile_keeps_it_and_can_play_it(world: World, ports: Ports, write: int) -> None:
    world.later(days=91)
    give_up_unrefined(Interruption(write, lambda: confirm_recording(ports, ID)).of(ports), 10)

    assert world.recording.status is RecordingStatus.DONE
    assert published(world)


@pytest.mark.parametrize("write", range(3))
def test_who_confirms_what_a_sweep_left_half_deleted_can_play_it(world: World, ports: Ports, write: int) -> None:
    world.later(days=91)
    with pytest.raises(Crash):
        give_up_unrefined(Interruption(write, die).of(ports), 10)

    confirm_recording(ports, ID)

    assert world.recording.status is RecordingStatus.DONE
    assert published(world)


@pytest.mark.parametrize("write", range(3))
def test_who_restores_it_from_another_sweep_keeps_it(world: World, ports: Ports, write: int) -> None:
    """Nothing but `restored_at` tells this sweep's recording from the one that it read."""

    def another_sweep_and_a_person() -> None:
        give_up_unrefined(ports, 10)
        restore_recording(ports, ID)

    world.later(days=91)
    interruption = Interruption(write, another_sweep_and_a_person)
    give_up_unrefined(interruption.of(ports), 10)

    assert interruption.has_happened
    assert world.recording.status is RecordingStatus.IDLE
    assert published(world)


def test_what_nobody_asked_to_delete_can_be_restored_also_where_people_delete_at_once(
    world: World, ports: Ports
) -> None:
    world.later(days=91)
    give_up_unrefined(replace(ports, settings=replace(ports.settings, deletion_grace=timedelta(0))), 10)

    world.later(days=6)
    assert purge_recordings(ports, 1000) == 0
    restore_recording(ports, ID)
    assert published(world)


@pytest.mark.parametrize("write", range(4))
def test_what_breaks_off_is_done_by_the_next_sweep(world: World, ports: Ports, write: int) -> None:
    world.later(days=91)
    with pytest.raises(Crash):
        give_up_unrefined(Interruption(write, die).of(ports), 10)

    give_up_unrefined(ports, 10)

    assert world.recording.status is RecordingStatus.TERMINATED
    assert published(world) is None


def test_those_that_were_restored_do_not_hide_others(world: World, ports: Ports) -> None:
    """More than one page of them."""
    world.later(days=91)
    for number in range(101):
        restored = a_recording(
            f"2{number:03}",
            channel_id="c2",
            n=number + 1,
            status=RecordingStatus.IDLE,
            started_at=world.recording.started_at + timedelta(seconds=1 + number),
            closed_at=world.recording.closed_at,
            restored_at=world.now[0],
            prefix=f"media/chzzk/b.1f0a9c3e/2026/11/22/{number + 1}/",
        )
        assert ports.recordings.open(restored, restored.started_at.date())

    assert give_up_unrefined(ports, 10) == 1
    assert world.recording.status is RecordingStatus.TERMINATED
