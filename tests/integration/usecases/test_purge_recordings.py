"""What was given up is deleted for good, all of it and nothing else, however often that breaks off."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from mntreamer.domain.errors import StoreConflict, WrongState
from mntreamer.domain.recordings.recording import RecordingStatus
from mntreamer.usecases.recordings.publish_playlist import publish_playlist
from mntreamer.usecases.refining.delete_recording import delete_recording
from mntreamer.usecases.refining.purge_recordings import purge_recordings
from mntreamer.usecases.refining.restore_recording import restore_recording
from tests.contract.records import a_recording
from tests.integration.usecases.conftest import World
from tests.integration.usecases.interrupted import Crash, Interruption, die
from tests.integration.usecases.recorded import (
    being_recorded,
    closed,
    objects,
    published,
    store_segment,
    stored,
)
from tests.state.memory_store import MemoryStore

ID = "chzzk:c1:1001"
MANY = 50_000
PREFIX = "media/chzzk/채널.1f0a9c3e/2026/11/22/{n}/"


def test_after_the_grace_time_all_is_gone_and_the_row_says_so(world: World) -> None:
    closed(world)
    delete_recording(world.ports, ID)
    world.later(days=7, seconds=-1)
    assert purge_recordings(world.ports, 1000) == 0

    world.later(seconds=1)
    purge_recordings(world.ports, 1000)

    assert objects(world) == []
    row = world.recording
    assert (row.status, row.purged_at) == (RecordingStatus.TERMINATED, world.now[0])
    with pytest.raises(WrongState, match="for good"):
        restore_recording(world.ports, ID)
    assert delete_recording(world.ports, ID) == row
    assert objects(world) == []


def test_at_once_is_at_the_next_sweep(world: World) -> None:
    closed(world)
    delete_recording(world.ports, ID)
    delete_recording(world.ports, ID, at_once=True)

    purge_recordings(world.ports, 1000)

    assert objects(world) == []


def test_what_a_late_recorder_stores_goes_with_it(world: World) -> None:
    being_recorded(world)
    delete_recording(world.ports, ID, at_once=True)
    assert purge_recordings(world.ports, 1000) == 0

    store_segment(world, stored(5))
    world.later(minutes=5)
    purge_recordings(world.ports, 1000)

    assert objects(world) == []


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_with_a_limit_it_goes_on_in_the_next_run_and_nobody_finds_half_of_it(world: World, limit: int) -> None:
    closed(world)
    delete_recording(world.ports, ID, at_once=True)

    while world.recording.purged_at is None:
        assert 0 < purge_recordings(world.ports, limit) <= limit
        publish_playlist(world.ports.store, world.recording.prefix, openly=True)
        assert published(world) is None
        with pytest.raises(WrongState):
            restore_recording(world.ports, ID)
    assert objects(world) == []


def test_what_a_machine_that_slept_stores_when_it_wakes_goes_too(world: World) -> None:
    closed(world)
    delete_recording(world.ports, ID, at_once=True)
    purge_recordings(world.ports, 1000)
    purged_at = world.recording.purged_at
    world.later(days=3)
    store_segment(world, stored(5))

    world.later(days=4)
    assert purge_recordings(world.ports, 1000) == 1

    assert objects(world) == []
    assert (world.recording.purge_at, world.recording.purged_at) == (None, purged_at)


def test_a_crash_before_any_write_is_gone_on_from(world: World) -> None:
    closed(world)
    delete_recording(world.ports, ID, at_once=True)
    for write in range(100):
        death = Interruption(write, die)
        try:
            purge_recordings(death.of(world.ports), 3)
        except Crash:
            continue
        if world.recording.purged_at:
            break

    assert objects(world) == []
    assert world.recording.purged_at


@pytest.mark.parametrize(("write", "openly"), [(0, False), (0, True), (1, True)])
def test_a_publisher_whom_it_overtakes_leaves_nothing(world: World, write: int, *, openly: bool) -> None:
    closed(world)
    prefix = world.recording.prefix
    world.ports.store.delete([prefix + "index.m3u8"])

    def is_deleted() -> None:
        delete_recording(world.ports, ID, at_once=True)
        purge_recordings(world.ports, 1000)

    publish_playlist(Interruption(write, is_deleted).of(world.ports).store, prefix, openly=openly)
    world.later(hours=1)
    purge_recordings(world.ports, 1000)

    assert objects(world) == []


def test_one_that_cannot_be_purged_holds_up_no_other(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    delete = world.ports.store.delete
    closed(world)
    delete_recording(world.ports, ID)
    first, prefix = world.recording, PREFIX.format(n=7)
    second = a_recording("1002", channel_id="c2", prefix=prefix, status=RecordingStatus.TERMINATED)
    world.later(days=8)
    world.ports.recordings.open(replace(second, purge_at=world.now[0]), world.now[0].date())
    world.ports.store.put_new(prefix + "segments/1.ts", b"x", "video/mp2t", {})

    def refusing(keys: Iterable[str]) -> None:
        doomed = list(keys)
        if any(key.startswith(first.prefix) for key in doomed):
            raise StoreConflict("5 objects could not be deleted (AccessDenied)")
        delete(doomed)

    monkeypatch.setattr(world.ports.store, "delete", refusing)

    assert purge_recordings(world.ports, 1000) == 1
    assert list(world.ports.store.list_keys(prefix)) == []
    assert world.recording.purged_at is None


def test_fifty_thousand_objects_are_deleted_in_three_runs_and_no_neighbour_s(world: World) -> None:
    store = MemoryStore()
    ports = replace(world.ports, store=store)
    for n in (1, 11):
        for number in range(MANY if n == 1 else 3):
            store.put_new(f"{PREFIX.format(n=n)}segments/000-{number:010d}-{number:010d}.ts", b"", "", {})
    doomed = a_recording(status=RecordingStatus.TERMINATED, purge_at=world.now[0], prefix=PREFIX.format(n=1))
    ports.recordings.open(doomed, world.now[0].date())

    assert [purge_recordings(ports, 20_000) for _ in range(4)] == [20_000, 20_000, 10_000, 0]

    assert len(list(store.list_keys(PREFIX.format(n=11)))) == 3
    assert list(store.list_keys(PREFIX.format(n=1))) == []


@pytest.mark.parametrize("prefix", ["", "media/", "media/chzzk/c/2026/11/22/1"])
def test_a_row_that_is_damaged_deletes_nothing(world: World, prefix: str) -> None:
    closed(world)
    doomed = a_recording("9", n=9, status=RecordingStatus.TERMINATED, purge_at=world.now[0], prefix=prefix)
    doomed = replace(doomed, n=world.ports.recordings.count_of_day(doomed.streamer_id, world.now[0].date()) + 1)
    assert world.ports.recordings.open(doomed, world.now[0].date())
    before = objects(world)

    assert purge_recordings(world.ports, 1000) == 0
    assert objects(world) == before
