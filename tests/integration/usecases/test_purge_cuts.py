"""Cuts that were given up: their segments are deleted, and nothing else, whoever is at work meanwhile."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mntreamer.domain.errors import WrongState
from mntreamer.domain.playlists.source_playlist import SegmentName
from mntreamer.domain.playlists.timelines import Asked, Line
from mntreamer.domain.recordings.recording import RecordingStatus
from mntreamer.usecases.recordings.close_recording import close_recording
from mntreamer.usecases.refining.confirm_recording import confirm_recording
from mntreamer.usecases.refining.cut_recording import cut_recording
from mntreamer.usecases.refining.delete_recording import delete_recording
from mntreamer.usecases.refining.edit_recording import edits_of
from mntreamer.usecases.refining.purge_cuts import purge_cuts
from mntreamer.usecases.refining.purge_recordings import purge_recordings
from mntreamer.usecases.refining.restore_recording import restore_recording
from mntreamer.usecases.refining.undo_cut import undo_cut, undo_cuts
from tests.integration.usecases.conftest import World
from tests.integration.usecases.interrupted import Crash, Interruption, die
from tests.integration.usecases.recorded import (
    SEGMENT_BYTES,
    being_recorded,
    closed,
    grow,
    objects,
    published,
    store_segment,
    stored,
)

ID = "chzzk:c1:1001"


def _cut(world: World, begin: float, end: float) -> str:
    cut_id: str = cut_recording(world.ports, world.recording, Asked(begin, end, Line.SOURCE))["cut_id"]
    return cut_id


def _segments(world: World) -> list[str]:
    return [name for name in objects(world) if name.startswith("segments/")]


def test_the_segments_of_cuts_go_and_what_people_play_stays_as_it_is(world: World) -> None:
    closed(world)
    cut = _cut(world, 6.0, 12.0)
    _cut(world, 18.0, 24.0)
    as_played, before = published(world), _segments(world)

    assert purge_cuts(world.ports, ID).purge_at == world.now[0]
    assert _segments(world) == before
    purge_recordings(world.ports, 1000)

    assert _segments(world) == [before[0], before[2], before[4]]
    assert published(world) == as_played
    assert (world.recording.size_bytes, world.recording.purge_at) == (3 * SEGMENT_BYTES, None)
    with pytest.raises(WrongState, match="for good"):
        undo_cut(world.ports, world.recording, cut)


def test_cuts_that_are_made_later_can_be_undone_and_those_that_were_given_up_stay(world: World) -> None:
    closed(world)
    _cut(world, 6.0, 12.0)
    purge_cuts(world.ports, ID)
    as_played = published(world)
    _cut(world, 0.0, 18.0)
    purge_recordings(world.ports, 1000)
    assert len(_segments(world)) == 4

    undo_cuts(world.ports, world.recording)

    assert published(world) == as_played


def test_what_a_crash_left_of_the_same_source_goes_too(world: World) -> None:
    closed(world)
    store_segment(world, replace(stored(1), name=SegmentName(0, 3, 4)))
    store_segment(world, replace(stored(2), name=SegmentName(0, 6, 7)))
    world.ports.store.put_new(f"{world.recording.prefix}segments/a-stranger-s.ts", b"?", "video/mp2t", {})
    _cut(world, 6.0, 12.0)
    before = _segments(world)

    purge_cuts(world.ports, ID)
    purge_recordings(world.ports, 1000)

    gone = ["segments/000-0000000003-0000000004.ts", "segments/000-0000000003-0000000005.ts"]
    assert [name for name in before if name not in _segments(world)] == gone
    assert world.recording.size_bytes == 4 * SEGMENT_BYTES


def test_one_that_is_deleted_before_it_and_restored_is_purged_all_the_same(world: World) -> None:
    closed(world)
    _cut(world, 6.0, 12.0)
    purge_cuts(world.ports, ID)
    delete_recording(world.ports, ID)
    restore_recording(world.ports, ID)

    purge_recordings(world.ports, 1000)

    assert (len(_segments(world)), world.recording.purge_at) == (4, None)


@pytest.mark.parametrize("write", range(2))
def test_one_that_grew_meanwhile_has_the_size_of_all_that_is_left(world: World, write: int) -> None:
    closed(world)
    _cut(world, 6.0, 12.0)
    purge_cuts(world.ports, ID)

    def goes_on() -> None:
        world.goes_live()
        world.until_due()
        world.tick()
        grow(world, 5, 6)
        world.goes_offline()
        close_recording(world.ports, world.recording)

    purge_recordings(Interruption(write, goes_on).of(world.ports), 1000)
    purge_recordings(world.ports, 1000)

    assert (world.recording.size_bytes, world.recording.purge_at) == (6 * SEGMENT_BYTES, None)


def test_where_nothing_is_cut_out_nothing_is_to_come(world: World) -> None:
    recording = closed(world)

    assert purge_cuts(world.ports, ID) == recording


def test_a_confirmed_one_too_and_repeated_it_changes_nothing(world: World) -> None:
    closed(world)
    _cut(world, 6.0, 12.0)
    confirm_recording(world.ports, ID)
    for _ in range(2):
        purge_cuts(world.ports, ID)
        purge_recordings(world.ports, 1000)

    assert len(_segments(world)) == 4
    assert (world.recording.status, world.recording.purge_at) == (RecordingStatus.DONE, None)


def test_while_it_is_recorded_nothing_is_deleted(world: World) -> None:
    being_recorded(world)
    _cut(world, 6.0, 12.0)

    with pytest.raises(WrongState, match="RECORDING"):
        purge_cuts(world.ports, ID)

    assert not any(cut.is_purged for cut in edits_of(world.ports, world.recording).edits.cuts)


def test_one_that_is_taken_up_again_is_purged_once_it_is_over(world: World) -> None:
    closed(world)
    _cut(world, 6.0, 12.0)
    purge_cuts(world.ports, ID)
    world.goes_live()
    world.until_due()
    world.tick()
    assert world.recording.status is RecordingStatus.RECORDING

    assert purge_recordings(world.ports, 1000) == 0
    assert len(_segments(world)) == 5


def test_whatever_breaks_off_is_finished_by_repeating_it_and_by_the_sweep(world: World) -> None:
    closed(world)
    _cut(world, 6.0, 12.0)
    for write in range(100):
        death = Interruption(write, die)
        try:
            purge_cuts(death.of(world.ports), ID)
            purge_recordings(death.of(world.ports), 1)
        except Crash:
            world.now[0] += timedelta(seconds=1)
        if not death.has_happened:
            break

    assert len(_segments(world)) == 4
    assert (world.recording.size_bytes, world.recording.purge_at) == (4 * SEGMENT_BYTES, None)
