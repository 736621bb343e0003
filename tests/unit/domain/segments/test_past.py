"""What a recording lacks of what its source still lists: never twice, and nothing that is not proved its own."""

from datetime import timedelta

import pytest

from mntreamer.domain.playlists.source_playlist import BEFORE_ALL, Segment, SegmentName
from mntreamer.domain.segments.past import Past, lines_up
from mntreamer.domain.segments.window import SourceSegment, Window
from tests.contract.records import NOON


def at(sequence: int) -> timedelta:
    return timedelta(seconds=2 * sequence)


def window(first: int, last: int, *, dated: bool = True, shifted: int = 0) -> Window:
    """Its dates are those of the sequences before they are `shifted`."""
    dates = [NOON + at(sequence) if dated else None for sequence in range(first, last + 1)]
    return Window(2.0, tuple(SourceSegment(first + shifted + i, "", 2.0, date) for i, date in enumerate(dates)))


def entry(first: int, last: int, epoch: int = 0) -> Segment:
    return Segment(SegmentName(epoch, first, last), 2.0 * (last - first + 1), NOON + at(first))


def lacking(past: Past, shown: Window, epoch: int = 0) -> list[int]:
    return [s.sequence for s in past.lacks_of(epoch, shown, NOON + at(shown.last + 1))]


def test_what_is_in_front_and_in_between_is_lacking_and_what_comes_is_not() -> None:
    past = Past([entry(12, 14), entry(18, 20)], (), NOON)

    assert lacking(past, window(9, 30)) == [9, 10, 11, 15, 16, 17]


def test_what_is_stored_already_is_not() -> None:
    past = Past([entry(12, 14), entry(18, 20)], {SegmentName(0, 9, 10), SegmentName(0, 15, 17)}, NOON)

    assert lacking(past, window(9, 30)) == [11]


def test_before_the_first_entry_nothing_can_be_told() -> None:
    assert lacking(Past([], (), NOON), window(9, 30)) == []
    assert lacking(Past([entry(12, 14)], (), NOON), window(9, 30), epoch=1) == []


@pytest.mark.parametrize("dated", [True, False])
def test_what_was_before_the_broadcast_is_not_its_own(*, dated: bool) -> None:
    """A minute is granted: a platform says that a stream has begun once there is something of it."""
    past = Past([entry(100, 102)], (), NOON + at(50))

    assert lacking(past, window(0, 102, dated=dated)) == list(range(20, 100))


def test_without_a_begin_nothing_in_front_is_wanted() -> None:
    past = Past([entry(12, 14), entry(18, 20)], (), None)

    assert lacking(past, window(9, 30)) == [15, 16, 17]
    assert past.lacks_before_all(window(9, 30, shifted=500)) == []


def test_in_front_of_a_later_epoch_lies_only_what_certainly_comes_behind_the_one_before() -> None:
    past = Past([entry(0, 9), entry(30, 32, epoch=1)], (), NOON)

    assert lacking(past, window(0, 40), epoch=1) == list(range(10, 30))
    assert lacking(past, window(0, 40, dated=False), epoch=1) == []


def test_of_an_unknown_line_only_what_had_ended_when_the_first_entry_began() -> None:
    past = Past([entry(12, 14)], {SegmentName(BEFORE_ALL, 509, 510)}, NOON)
    found = past.lacks_before_all(window(8, 20, shifted=500))

    assert [segment.sequence for segment in found] == [508, 511]
    assert past.lacks_before_all(window(8, 20, dated=False, shifted=500)) == []


def test_what_lies_partly_behind_that_begin_would_be_there_twice() -> None:
    late = entry(12, 14)
    past = Past([Segment(late.name, 6.0, NOON + at(12) - timedelta(seconds=1))], (), NOON)

    assert past.lacks_before_all(window(8, 20, shifted=500))[-1].sequence == 510


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (window(9, 30), True),
        (window(9, 30, shifted=1), False),
        (window(9, 30, dated=False), None),
        (window(50, 60), None),
    ],
)
def test_lines_are_one_if_their_dates_say_so(shown: Window, *, expected: bool | None) -> None:
    dates = Past([entry(12, 14), entry(15, 17)], (), None).dates_of(0)

    assert lines_up(dates, shown) is expected


def test_a_whole_recording_needs_no_rewind() -> None:
    assert Past([entry(0, 2), entry(3, 5)], (), NOON).is_whole
    assert not Past([entry(0, 2), entry(6, 8)], (), NOON).is_whole
    assert not Past([entry(30, 32)], (), NOON).is_whole
    assert Past([entry(30, 32)], (), None).is_whole
