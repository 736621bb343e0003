from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from mntreamer.domain.playlists.source_playlist import SegmentName
from mntreamer.domain.segments.cover import best_cover


def _names(*ranges: tuple[int, int], epoch: int = 0) -> list[SegmentName]:
    return [SegmentName(epoch, first, last) for first, last in ranges]


def test_the_longer_range_wins() -> None:
    assert best_cover(_names((9, 10), (9, 11), (12, 14))) == _names((9, 11), (12, 14))


def test_two_short_ranges_win_where_they_hold_more() -> None:
    assert best_cover(_names((9, 9), (9, 10), (10, 11))) == _names((9, 9), (10, 11))


def test_one_long_range_wins_where_two_hold_the_same() -> None:
    assert best_cover(_names((9, 9), (10, 11), (9, 11))) == _names((9, 11))


def test_what_overlaps_the_listed_is_left_out() -> None:
    listed = SegmentName(0, 9, 10)

    assert best_cover(_names((9, 11), (10, 11), (11, 11), (12, 14)), listed) == _names((11, 11), (12, 14))


def test_epochs_follow_each_other_whatever_they_count() -> None:
    stored = _names((0, 2), epoch=1) + _names((900, 902))

    assert best_cover(stored, SegmentName(0, 897, 899)) == _names((900, 902)) + _names((0, 2), epoch=1)


ranges = st.builds(lambda first, length: SegmentName(0, first, first + length), st.integers(0, 12), st.integers(0, 4))


@given(st.lists(ranges, max_size=8))
def test_no_other_choice_holds_more_and_nothing_is_there_twice(stored: list[SegmentName]) -> None:
    cover = best_cover(stored)

    assert all(earlier.last < later.first for earlier, later in pairwise(cover))
    assert sum(name.count for name in cover) == _most(sorted(set(stored)))


def _most(stored: list[SegmentName]) -> int:
    choices = (choice for size in range(len(stored) + 1) for choice in combinations(stored, size))
    disjoint = (c for c in choices if all(earlier.last < later.first for earlier, later in pairwise(c)))
    return max(sum(name.count for name in choice) for choice in disjoint)
