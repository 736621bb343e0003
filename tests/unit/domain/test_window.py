"""Whether a window goes on from what is known: by the source's clock where it has one."""

from datetime import UTC, datetime, timedelta

from mntreamer.domain.window import Mark, SourceSegment, Window, goes_on

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
