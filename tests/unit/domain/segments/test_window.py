"""Whether a window goes on from what is known: by the source's clock where it has one."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mntreamer.domain.errors import SourceError
from mntreamer.domain.segments.window import A_DAY, Mark, SourceSegment, Window, goes_on, leaps, missed

START = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def _at(sequence: int, offset_s: float = 0.0) -> datetime:
    return START + timedelta(seconds=2 * sequence + offset_s)


def _window(first: int, *, offset_s: float = 0.0, dated: bool = True) -> Window:
    sequences = range(first, first + 15)
    return Window(
        2.0,
        tuple(SourceSegment(s, "https://m.example/", 2.0, _at(s, offset_s) if dated else None) for s in sequences),
    )


def test_the_next_window_goes_on() -> None:
    assert goes_on(Mark(114, _at(114)), _window(101))


def test_a_window_after_a_gap_goes_on() -> None:
    assert goes_on(Mark(114, _at(114)), _window(400, offset_s=3.0))


def test_a_slower_edges_older_window_goes_on() -> None:
    assert goes_on(Mark(114, _at(114)), _window(80))


def test_counting_anew_is_another_line() -> None:
    assert not goes_on(Mark(114, _at(114)), _window(0, offset_s=2 * 120))


def test_the_same_numbers_at_another_time_are_another_line() -> None:
    assert not goes_on(Mark(114, _at(114)), _window(100, offset_s=60))


def test_without_dates_falling_back_by_more_than_a_window_is_another_line() -> None:
    assert goes_on(Mark(114, None), _window(90, dated=False))
    assert not goes_on(Mark(114, None), _window(0, dated=False))


def test_without_dates_leaping_far_ahead_is_another_line() -> None:
    assert goes_on(Mark(114, None), _window(300, dated=False))
    assert not goes_on(Mark(114, None), _window(20_000_000, dated=False))


def test_a_source_whose_segments_carry_no_dates_goes_on_by_its_numbers() -> None:
    assert goes_on(Mark(114, _at(114)), _window(101, dated=False))


def test_a_day_is_missed_at_the_most() -> None:
    mark, day, too_far = Mark(114, _at(114)), _window(115 + A_DAY), _window(116 + A_DAY)

    assert (goes_on(mark, day), leaps(mark, day)) == (True, False)
    assert (goes_on(mark, too_far), leaps(mark, too_far)) == (False, True)


def test_a_leap_that_the_clock_does_not_bear_out_is_another_line_and_nothing_is_missing() -> None:
    mark, window = Mark(114, _at(114)), _window(1_000_000, offset_s=-2 * 999_886)

    assert (goes_on(mark, window), leaps(mark, window)) == (False, False)


@given(
    st.integers(0, 2**64 - 16),
    st.integers(0, 2**64 - 16),
    st.one_of(st.none(), st.floats(-1e9, 1e9)),
    st.integers(1, 200),
)
def test_a_line_that_goes_on_misses_no_more_than_may_be_told(
    marked: int, first: int, apart_s: float | None, listed: int
) -> None:
    date = None if apart_s is None else START + timedelta(seconds=apart_s)
    segments = (SourceSegment(first + i, "https://m.example/", 2.0, date) for i in range(min(listed, 2**64 - first)))
    window = Window(2.0, tuple(segments))
    mark = Mark(marked, START)

    assert not goes_on(mark, window) or missed(mark, window) <= A_DAY
    assert not (goes_on(mark, window) and leaps(mark, window))


@pytest.mark.parametrize("sequence", [-1, 2**64, 10**400])
def test_a_media_sequence_that_no_playlist_can_have_is_refused(sequence: int) -> None:
    with pytest.raises(SourceError, match="2\\^64"):
        Window(2.0, (SourceSegment(sequence, "https://m.example/?token", 2.0),))


@pytest.mark.parametrize("duration_s", [float("nan"), float("inf"), -1.0, 1e9])
def test_a_duration_that_no_segment_can_have_is_refused(duration_s: float) -> None:
    with pytest.raises(SourceError, match="duration"):
        Window(2.0, (SourceSegment(1, "https://m.example/?token", duration_s),))
