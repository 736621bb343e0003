import pytest

from benchmarks.recorder_measure import NotKeptUp, Reading, check_kept_up

BEFORE = Reading(at_s=100, cpu_s=0, origin_cpu_s=0, stored_bytes=(10, 20))


def after(*stored_bytes: int) -> Reading:
    return Reading(at_s=160, cpu_s=0, origin_cpu_s=0, stored_bytes=stored_bytes)


def test_pieces_end_as_they_fall() -> None:
    check_kept_up("mntreamer", BEFORE, after(10 + 540, 20 + 660), bytes_per_s=10)


def test_one_that_falls_behind_is_enough() -> None:
    with pytest.raises(NotKeptUp, match=r"mntreamer: 1 of 2 .* 50%"):
        check_kept_up("mntreamer", BEFORE, after(10 + 600, 20 + 300), bytes_per_s=10)
