"""The gaps are exactly what is not listed, however much or little was noted of it."""

from collections.abc import Iterable
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from mntreamer.domain.playlists.source_playlist import Segment, SegmentName
from mntreamer.domain.recordings.gap import NOT_KNOWN, Gap, Missing
from mntreamer.domain.recordings.loss import Cause, Loss
from tests.contract.records import NOON


def _listed(*ranges: tuple[int, int], epoch: int = 0) -> list[Segment]:
    return [
        Segment(SegmentName(epoch, first, last), 2.0 * (last - first + 1), NOON + timedelta(seconds=2 * first))
        for first, last in ranges
    ]


def _loss(sequence: int, cause: Cause = Cause.NOT_FETCHED, why: str = "HTTP 404", epoch: int = 0) -> Loss:
    return Loss(epoch, sequence, cause, why, NOON + timedelta(seconds=2 * sequence), 2.0)


def gaps_in(listed: list[Segment], noted: Iterable[Loss]) -> tuple[Gap, ...]:
    return Missing(listed, noted).gaps()


def _ranges(gaps: tuple[Gap, ...]) -> list[tuple[int, int, int]]:
    return [(gap.epoch, gap.first, gap.last) for gap in gaps]


def test_consecutive_losses_of_one_cause_are_one_gap() -> None:
    [gap] = gaps_in(_listed((9, 11), (15, 17)), [_loss(12), _loss(13, why="time-out"), _loss(14)])

    assert gap == Gap(0, 12, 14, NOON + timedelta(seconds=24), 6.0, Cause.NOT_FETCHED, "HTTP 404")
    assert gap.count == 3


def test_another_cause_is_another_gap() -> None:
    gaps = gaps_in(_listed((9, 11), (14, 17)), [_loss(12), _loss(13, Cause.DAMAGED, "no picture")])

    assert [(gap.first, gap.last, gap.cause) for gap in gaps] == [
        (12, 12, Cause.NOT_FETCHED),
        (13, 13, Cause.DAMAGED),
    ]


def test_what_is_missing_and_was_never_noted_is_a_gap_that_nobody_knows_the_cause_of() -> None:
    [gap] = gaps_in(_listed((9, 11), (14, 17)), [])

    assert gap == Gap(0, 12, 13, NOON + timedelta(seconds=24), 4.0, Cause.UNSEEN, NOT_KNOWN)


def test_without_the_sources_clock_a_gap_has_no_begin() -> None:
    listed = [Segment(SegmentName(0, 9, 11), 6.0), Segment(SegmentName(0, 14, 14), 2.0)]

    [gap] = gaps_in(listed, [])

    assert (gap.begin, gap.duration_s) == (None, 4.0)


def test_what_another_recorder_stored_after_all_is_no_gap() -> None:
    assert gaps_in(_listed((9, 11), (12, 14)), [_loss(12), _loss(14)]) == ()


def test_losses_before_the_first_and_behind_the_last_entry_count() -> None:
    gaps = gaps_in(_listed((9, 11)), [_loss(8), _loss(12), _loss(13)])

    assert _ranges(gaps) == [(0, 8, 8), (0, 12, 13)]
    assert _ranges(gaps_in([], [_loss(3)])) == [(0, 3, 3)]


def test_across_epochs_only_what_was_noted_is_missing() -> None:
    listed = [*_listed((9, 11)), *_listed((40, 41), epoch=1)]

    assert gaps_in(listed, []) == ()
    assert _ranges(gaps_in(listed, [_loss(12), _loss(39, epoch=1)])) == [(0, 12, 12), (1, 39, 39)]


def test_the_first_word_on_a_source_segment_stands_unless_it_was_none() -> None:
    losses = [_loss(12, why=NOT_KNOWN), _loss(12, why="HTTP 503"), _loss(12, Cause.UNSEEN, "no recorder was running")]

    [gap] = gaps_in(_listed((9, 11), (13, 14)), losses)

    assert (gap.cause, gap.why) == (Cause.NOT_FETCHED, "HTTP 503")


@given(st.sets(st.integers(0, 40)), st.sets(st.integers(0, 40)), st.sampled_from([1, 3]))
def test_gaps_and_entries_share_out_the_source_between_them(stored: set[int], noted: set[int], size: int) -> None:
    listed = _listed(*((s * size, s * size + size - 1) for s in sorted(stored)))
    covered = {s * size + i for s in stored for i in range(size)}

    gaps = gaps_in(listed, [_loss(sequence) for sequence in sorted(noted)])

    lost = [sequence for gap in gaps for sequence in range(gap.first, gap.last + 1)]
    between = set(range(min(covered), max(covered))) if covered else set()
    assert lost == sorted((between | noted) - covered)
    assert sum(gap.duration_s for gap in gaps) == 2.0 * len(lost)
    again = [loss for gap in gaps for loss in gap.losses()]
    assert gaps_in(listed, again) == gaps


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 1)), unique=True),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 45))),
)
def test_what_grows_is_what_it_would_be_at_once(stored: list[tuple[int, int]], noted: list[tuple[int, int]]) -> None:
    """`noted` has the segment, and after how many listed ones it is noted."""
    entries = [_listed((place, place), epoch=epoch)[0] for place, epoch in sorted(stored, key=lambda s: (s[1], s[0]))]
    listed: list[Segment] = []
    growing = Missing(listed)
    for count in range(46):
        listed += entries[count : count + 1]
        growing.note(_loss(sequence) for sequence, after in noted if after == count)
        losses = [_loss(sequence) for sequence, after in noted if after <= count]
        assert growing.gaps() == gaps_in(list(listed), losses)
    assert growing.gaps() is growing.gaps()
