"""Where a recorder begins in what a source lists."""

import pytest

from mntreamer.domain.segments.edge import edge_of
from mntreamer.domain.segments.window import SourceSegment, Window


def window(first: int, count: int, duration_s: float = 2.0) -> Window:
    return Window(duration_s, tuple(SourceSegment(first + i, "", duration_s) for i in range(count)))


@pytest.mark.parametrize("count", [1, 15, 30])
def test_a_short_window_is_all_edge(count: int) -> None:
    assert edge_of(window(9, count)) == window(9, count)


def test_of_a_long_one_it_is_the_newest_minute() -> None:
    assert edge_of(window(0, 7200)) == window(7170, 30)


def test_a_segment_that_is_longer_than_that_is_one_all_the_same() -> None:
    assert edge_of(window(0, 3, 120.0)) == window(2, 1, 120.0)


@pytest.mark.parametrize(
    ("wanted_from", "first"), [(6900, 6900), (7199, 7170), (7300, 7170), (6899, 7170), (0, 7170)]
)
def test_who_was_away_for_ten_minutes_at_the_most_goes_on_from_there(wanted_from: int, first: int) -> None:
    assert edge_of(window(0, 7200), wanted_from).first == first


def test_what_has_left_the_window_is_not_waited_for() -> None:
    assert edge_of(window(100, 200), 50).first == 270
