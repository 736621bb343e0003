import pytest

from benchmarks.recorder.measure import NotKeptUp, Reading, check_kept_up, whole_bundles
from mntreamer.domain.playlists.source_playlist import SegmentName

BEFORE = Reading(at_s=100, cpu_s=0, origin_cpu_s=0, stored_bytes=(10, 20))


def after(*stored_bytes: int) -> Reading:
    return Reading(at_s=160, cpu_s=0, origin_cpu_s=0, stored_bytes=stored_bytes)


def test_pieces_end_as_they_fall() -> None:
    check_kept_up("mntreamer", BEFORE, after(10 + 540, 20 + 660), bytes_per_s=10)


def test_one_that_falls_behind_is_enough() -> None:
    with pytest.raises(NotKeptUp, match=r"mntreamer: 1 of 2 .* 50%"):
        check_kept_up("mntreamer", BEFORE, after(10 + 600, 20 + 300), bytes_per_s=10)


def test_what_a_recorder_that_is_stopped_stores_tells_of_no_delay() -> None:
    names = [SegmentName(0, 5, 5), SegmentName(0, 6, 8), SegmentName(0, 9, 11), SegmentName(0, 12, 13)]
    assert whole_bundles(names) == names[1:3]
    assert whole_bundles([]) == []
