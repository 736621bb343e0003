"""What is deleted is out of sight at once and comes back whole; nothing else is touched."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from mntreamer.domain.errors import LeaseLost, NotFound, SourceError, WrongState
from mntreamer.domain.playlists.timelines import Asked, Line
from mntreamer.domain.recordings.recording import RecordingStatus
from mntreamer.ports import Ports
from mntreamer.usecases.monitors.change_streamer import change_streamer
from mntreamer.usecases.monitors.remove_streamer import remove_streamer
from mntreamer.usecases.recordings.close_recording import close_recording
from mntreamer.usecases.recordings.publish_playlist import publish_playlist
from mntreamer.usecases.recordings.renew_lease import renew_lease
from mntreamer.usecases.recordings.stored.source import Source
from mntreamer.usecases.refining.confirm_recording import confirm_recording
from mntreamer.usecases.refining.cut_recording import cut_recording
from mntreamer.usecases.refining.delete_recording import clips_in, delete_recording
from mntreamer.usecases.refining.make_clip import make_clip
from mntreamer.usecases.refining.purge_recordings import purge_recordings
from mntreamer.usecases.refining.read_edits import read_edits
from mntreamer.usecases.refining.restore_recording import restore_recording
from tests.integration.usecases.conftest import World
from tests.integration.usecases.interrupted import Crash, Interruption, die
from tests.integration.usecases.recorded import (
    being_recorded,
    closed,
    grow,
    objects,
    published,
    store_segment,
    stored,
)

ID = "chzzk:c1:1001"
_, IDLE, DONE, TERMINATED, FAILED = RecordingStatus
LISTED = [status for status in RecordingStatus if status is not TERMINATED]
GRACE = timedelta(days=7)
Deed = Callable[[Ports, str], object]


def _is_withdrawn(world: World) -> bool:
    return read_edits(world.ports.store, world.recording.prefix)[0].is_withdrawn


class TestDeleting:
    def test_it_is_out_of_the_lists_and_of_what_people_play_and_all_of_it_is_kept(self, world: World) -> None:
        closed(world)
        segments = [name for name in objects(world) if name.startswith("segments/")]

        deleted = delete_recording(world.ports, ID)

        assert (deleted.status, deleted.purge_at) == (TERMINATED, world.now[0] + GRACE)
        assert world.ports.recordings.newest(LISTED, 10) == []
        assert published(world) is None
        assert {*segments, "source.m3u8"} <= {*objects(world)}
        purge_recordings(world.ports, 1000)
        assert {*segments, "source.m3u8"} <= {*objects(world)}

    def test_repeating_it_changes_nothing(self, world: World) -> None:
        closed(world)
        deleted = delete_recording(world.ports, ID)
        world.later(hours=1)

        assert delete_recording(world.ports, ID) == deleted

    def test_a_publisher_that_is_late_brings_nothing_back(self, world: World) -> None:
        closed(world)
        delete_recording(world.ports, ID)

        publish_playlist(world.ports.store, world.recording.prefix, openly=True)

        assert published(world) is None
        assert "live.m3u8" not in objects(world)

    def test_a_confirmed_one_and_one_of_which_nothing_was_kept_can_be_deleted(self, world: World) -> None:
        closed(world)
        confirm_recording(world.ports, ID)
        assert delete_recording(world.ports, ID).restores_to is DONE

        world.goes_live("1002")
        world.until_due()
        world.tick()
        failed = world.ports.recordings.get("chzzk:c1:1002")
        assert failed
        close_recording(world.ports, failed)
        assert delete_recording(world.ports, "chzzk:c1:1002").restores_to is FAILED
        assert restore_recording(world.ports, "chzzk:c1:1002").status is FAILED

    def test_one_whose_streamer_is_watched_no_more_can_be_refined_and_deleted(self, world: World) -> None:
        closed(world)
        remove_streamer(world.ports, "chzzk:c1")

        assert confirm_recording(world.ports, ID).status is DONE
        assert delete_recording(world.ports, ID).status is TERMINATED
        assert restore_recording(world.ports, ID).status is DONE

    def test_the_clips_that_go_with_it_are_told(self, world: World) -> None:
        recording = closed(world)
        make_clip(world.ports, recording, Asked(0.0, 12.0, Line.PUBLISHED), "the best")

        assert [clip.title for clip in clips_in(world.ports, delete_recording(world.ports, ID))] == ["the best"]

    @pytest.mark.parametrize("damaged", [b"{", b"\xff\xfe", b"{\xc3\x28}"])
    def test_one_whose_edits_are_damaged_can_be_deleted_all_the_same(self, world: World, damaged: bytes) -> None:
        prefix = closed(world).prefix
        world.ports.store.put(prefix + "edits.json", damaged, "application/json", None)

        deleted = delete_recording(world.ports, ID)

        assert (deleted.status, published(world)) == (TERMINATED, None)
        assert clips_in(world.ports, deleted) == ()
        with pytest.raises(SourceError, match="repaired"):
            restore_recording(world.ports, ID)

    def test_what_is_not_there_cannot_be_deleted(self, world: World) -> None:
        with pytest.raises(NotFound, match="chzzk:c1:0"):
            delete_recording(world.ports, "chzzk:c1:0")

    def test_the_session_is_not_recorded_anew(self, world: World) -> None:
        closed(world)
        delete_recording(world.ports, ID)
        world.goes_live()
        change_streamer(world.ports, "chzzk:c1", {"paused": False})
        world.until_due()

        world.tick()

        assert world.recording.status is TERMINATED
        assert "TERMINATED" in (world.streamer.problem or "")


class TestWhileItIsRecorded:
    def test_it_ends_and_what_its_recorder_does_late_brings_nothing_back(self, world: World) -> None:
        held = being_recorded(world)
        late = Source(world.ports.store, held.prefix, lambda: renew_lease(world.ports, held, {}))

        assert delete_recording(world.ports, ID).status is TERMINATED

        store_segment(world, stored(5))
        late.append([stored(5)], 6)
        with pytest.raises(LeaseLost):
            late.write()
        with pytest.raises(LeaseLost):
            renew_lease(world.ports, held, {})
        assert published(world) is None
        assert world.streamer.recording_id is None

    def test_restored_it_is_over_and_is_not_taken_up_again(self, world: World) -> None:
        being_recorded(world)
        delete_recording(world.ports, ID)

        assert restore_recording(world.ports, ID).status is IDLE
        world.until_due()
        world.tick()

        assert world.recording.status is IDLE
        assert "stopped" in (world.streamer.problem or "")

    def test_its_first_segment_that_comes_late_is_not_published(self, world: World) -> None:
        """A recorder that has written no playlist yet replaces none, so that no version stops it."""
        world.goes_live()
        world.tick()
        delete_recording(world.ports, ID)

        grow(world, 0)

        assert (world.recording.restores_to, published(world)) == (FAILED, None)


class TestRestoring:
    def test_it_is_as_it_was_with_all_that_was_done_to_it(self, world: World) -> None:
        recording = closed(world)
        cut_recording(world.ports, recording, Asked(6.0, 12.0, Line.PUBLISHED))
        as_it_was = (published(world), objects(world), world.recording)
        delete_recording(world.ports, ID)
        world.later(days=6)

        restored = restore_recording(world.ports, ID)

        assert (published(world), objects(world), replace(restored, restored_at=None)) == as_it_was
        assert world.recording.restored_at == world.now[0]
        world.later(days=30)
        assert purge_recordings(world.ports, 1000) == 0

    def test_what_was_never_deleted_stays_as_it_is(self, world: World) -> None:
        before = closed(world)

        assert restore_recording(world.ports, ID) == before

    def test_nothing_can_be_cut_until_then(self, world: World) -> None:
        recording = closed(world)
        delete_recording(world.ports, ID)

        with pytest.raises(WrongState, match="restore"):
            cut_recording(world.ports, recording, Asked(6.0, 12.0, Line.PUBLISHED))


@pytest.mark.parametrize(
    ("state", "deed", "ends_as"),
    [
        (being_recorded, delete_recording, TERMINATED),
        (closed, delete_recording, TERMINATED),
        (closed, confirm_recording, DONE),
        (closed, lambda ports, id_: (delete_recording(ports, id_), restore_recording(ports, id_)), IDLE),
    ],
    ids=["delete while recorded", "delete", "confirm", "delete and restore"],
)
def test_whatever_breaks_off_is_finished_by_repeating_it(
    world: World, state: Callable[[World], object], deed: Deed, ends_as: RecordingStatus
) -> None:
    state(world)
    for write in range(100):
        death = Interruption(write, die)
        try:
            deed(death.of(world.ports), ID)
        except Crash:
            segments = [name for name in objects(world) if name.startswith("segments/")]
            assert len(segments) == 5
            world.later(seconds=1)
        if not death.has_happened:
            break
    deed(world.ports, ID)

    assert (world.recording.status, _is_withdrawn(world)) == (ends_as, ends_as is TERMINATED)
    assert (published(world) is None) is (ends_as is TERMINATED)
    assert len([name for name in objects(world) if name.startswith("segments/")]) == 5


@pytest.mark.parametrize("write", range(6))
@pytest.mark.parametrize(
    ("one", "other"), [(delete_recording, restore_recording), (restore_recording, delete_recording)]
)
def test_two_who_disagree_end_in_what_the_row_says(world: World, one: Deed, other: Deed, write: int) -> None:
    closed(world)
    if one is restore_recording:
        delete_recording(world.ports, ID)

    one(Interruption(write, lambda: other(world.ports, ID)).of(world.ports), ID)

    assert _is_withdrawn(world) is (world.recording.status is TERMINATED)
    assert (published(world) is None) is (world.recording.status is TERMINATED)


@pytest.mark.parametrize(("deed", "ends_as"), [(confirm_recording, DONE), (delete_recording, TERMINATED)])
@pytest.mark.parametrize("write", range(3))
def test_a_tick_that_is_about_to_take_it_up_again_leaves_it(
    world: World, deed: Deed, ends_as: RecordingStatus, write: int
) -> None:
    """It reads the recording before the deed and writes after it."""
    closed(world)
    world.goes_live()
    world.until_due()
    meanwhile = Interruption(write, lambda: deed(world.ports, ID))

    replace(world, ports=meanwhile.of(world.ports)).tick()

    assert meanwhile.has_happened
    assert world.recording.status is ends_as
