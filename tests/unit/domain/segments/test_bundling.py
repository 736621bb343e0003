"""Whatever order source segments arrive in: bundles are aligned, in order, whole, and losses are known."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mntreamer.domain.recordings.loss import Cause, Loss
from mntreamer.domain.segments.bundling import Bundle, Fetched, Line
from mntreamer.domain.segments.window import A_DAY, SourceSegment, Window
from tests.contract.records import NOON

NOBODY = "no recorder was running"


def _segment(sequence: int, *, discontinuity: bool = False) -> SourceSegment:
    url = f"https://media.example/{sequence}"
    return SourceSegment(sequence, url, 2.0, _at(sequence), discontinuity=discontinuity)


def _at(sequence: int) -> datetime:
    return NOON + timedelta(seconds=2 * sequence)


def _window(first: int, last: int) -> Window:
    return Window(2.0, tuple(_segment(sequence) for sequence in range(first, last + 1)))


def _fetched(sequence: int, *, init: bytes = b"init", discontinuity: bool = False) -> Fetched:
    return Fetched(_segment(sequence, discontinuity=discontinuity), b"body %d" % sequence, init)


def _line(first: int = 10) -> Line:
    return Line(epoch=0, bundle_size=3, next_sequence=first)


def _sequences(losses: list[Loss]) -> list[int]:
    return [loss.sequence for loss in losses]


def _ranges(bundles: list[Bundle]) -> list[tuple[int, int]]:
    return [(bundle.name.first, bundle.name.last) for bundle in bundles]


def test_the_first_bundle_is_short_so_that_the_next_are_aligned() -> None:
    line = _line(first=10)
    line.wanted(_window(10, 14), NOBODY)
    for sequence in range(10, 15):
        line.add(_fetched(sequence))

    bundles, lost = line.take()

    assert _ranges(bundles) == [(10, 11), (12, 14)]
    assert lost == []


def test_each_listed_segment_is_wanted_once() -> None:
    line = _line()

    assert [s.sequence for s in line.wanted(_window(10, 12), NOBODY)] == [10, 11, 12]
    assert [s.sequence for s in line.wanted(_window(11, 13), NOBODY)] == [13]


def test_a_lost_segment_splits_its_bundle() -> None:
    line = _line(first=12)
    line.wanted(_window(12, 14), NOBODY)
    line.add(_fetched(12))
    line.add(_fetched(14))
    assert line.take() == ([], [])

    line.lose(13, "HTTP 404")
    bundles, lost = line.take()

    assert _ranges(bundles) == [(12, 12), (14, 14)]
    assert lost == [Loss(0, 13, Cause.NOT_FETCHED, "HTTP 404", _at(13), 2.0)]


def test_what_left_the_window_unseen_is_lost() -> None:
    line = _line(first=12)
    line.wanted(_window(12, 12), NOBODY)
    line.add(_fetched(12))
    line.wanted(_window(15, 17), "the source could not be read")

    why = "the source could not be read"
    assert line.take()[1] == [Loss(0, sequence, Cause.UNSEEN, why, _at(sequence), 2.0) for sequence in (13, 14)]


def test_what_the_source_itself_leaves_out_is_lost_once_it_has_left_the_window() -> None:
    line = _line(first=12)
    holed = Window(2.0, tuple(_segment(sequence) for sequence in (12, 14)))
    line.wanted(holed, NOBODY)
    line.add(_fetched(12))
    line.add(_fetched(14))
    assert line.take() == ([], [])

    line.wanted(_window(14, 15), NOBODY)
    bundles, [lost] = line.take()

    assert _ranges(bundles) == [(12, 12), (14, 14)]
    assert (lost.sequence, lost.cause, lost.begin) == (13, Cause.UNSEEN, _at(13))
    assert "left it out" in lost.why


def test_the_sources_discontinuity_begins_a_bundle() -> None:
    line = _line(first=12)
    line.wanted(_window(12, 14), NOBODY)
    for fetched in (_fetched(12), _fetched(13, discontinuity=True), _fetched(14)):
        line.add(fetched)

    bundles, _ = line.take()

    assert [(b.name.first, b.name.last, b.discontinuity) for b in bundles] == [(12, 12, False), (13, 14, True)]


def test_a_leap_is_told_as_one_loss() -> None:
    line = _line(first=12)
    line.wanted(_window(12, 13), NOBODY)
    for sequence in (12, 13):
        line.add(_fetched(sequence))
    line.leave_for(_window(2_000_000, 2_000_002))

    bundles, [lost] = line.take(flush=True, at_end=True)

    assert _ranges(bundles) == [(12, 13)]
    assert (lost.sequence, lost.cause, lost.begin) == (14, Cause.UNSEEN, _at(14))
    assert lost.duration_s == 2.0 * (2_000_000 - 14)
    assert "1999986 segments" in lost.why


def test_a_day_that_nobody_saw_is_told_in_no_time() -> None:
    line = _line(first=0)
    line.wanted(_window(A_DAY, 2 * A_DAY - 1), NOBODY)

    assert len(line.take()[1]) == A_DAY


def test_another_initialisation_section_begins_a_bundle() -> None:
    line = _line(first=12)
    line.wanted(_window(12, 14), NOBODY)
    for fetched in (_fetched(12), _fetched(13), _fetched(14, init=b"another")):
        line.add(fetched)

    bundles, _ = line.take()

    assert [(b.name.first, b.name.last, b.discontinuity) for b in bundles] == [(12, 13, False), (14, 14, True)]


def test_a_restarted_recorder_sees_that_the_initialisation_section_changed() -> None:
    line = Line(0, 3, 12, last_init_digest=_fetched(11).init_digest)
    line.wanted(_window(12, 14), NOBODY)
    for sequence in (12, 13, 14):
        line.add(_fetched(sequence, init=b"another"))

    assert line.take()[0][0].discontinuity


def test_a_flush_at_the_end_gives_the_begun_bundle_and_loses_all_that_did_not_come() -> None:
    line = _line(first=12)
    line.wanted(_window(12, 19), NOBODY)
    for sequence in (12, 14, 15):
        line.add(_fetched(sequence))

    bundles, lost = line.take(flush=True, at_end=True)

    assert _ranges(bundles) == [(12, 12), (14, 14), (15, 15)]
    assert _sequences(lost) == [13, 16, 17, 18, 19]
    assert {loss.cause for loss in lost} == {Cause.NOT_FETCHED}
    assert line.left() == []


def test_where_all_has_come_the_end_loses_nothing() -> None:
    line = _line(first=12)
    line.wanted(_window(12, 14), NOBODY)
    for sequence in (12, 13, 14):
        line.add(_fetched(sequence))
    line.take()

    assert line.take(flush=True, at_end=True) == ([], [])


def test_a_flush_before_the_end_leaves_a_hole_to_the_next_recorder() -> None:
    line = _line(first=12)
    line.wanted(_window(12, 19), NOBODY)
    for sequence in (12, 14, 15):
        line.add(_fetched(sequence))

    bundles, lost = line.take(flush=True)

    assert _ranges(bundles) == [(12, 12)]
    assert lost == []
    assert line.next_sequence == 13


def test_what_a_leaving_recorder_wanted_and_could_not_bundle_is_lost_unless_the_next_one_gets_it() -> None:
    line = _line(first=12)
    line.wanted(_window(12, 15), NOBODY)
    line.add(_fetched(12))
    line.add(_fetched(14))
    line.lose(15, "HTTP 404")
    line.take(flush=True)

    left = line.left()

    assert _sequences(left) == [13, 14, 15]
    assert [loss.why for loss in left] == [
        *["the recorder left while source segment 13 had not come yet"] * 2,
        "HTTP 404",
    ]


@given(st.permutations(range(30)), st.sets(st.integers(0, 29)), st.integers(0, 5), st.data())
def test_every_segment_is_kept_or_known_to_be_lost_exactly_once(
    arrivals: list[int], losses: set[int], first: int, data: st.DataObject
) -> None:
    line = _line(first=first)
    line.wanted(_window(first, 29), NOBODY)
    kept: list[int] = []
    lost: list[int] = []
    for sequence in arrivals:
        if sequence < first:
            continue
        if sequence in losses:
            line.lose(sequence, "HTTP 404")
        else:
            line.add(_fetched(sequence))
        if data.draw(st.booleans()):
            _collect(line, kept, lost)
    _collect(line, kept, lost)

    assert kept == sorted(kept)
    assert sorted(kept + lost) == list(range(first, 30))
    assert set(lost) == {sequence for sequence in losses if sequence >= first}
    assert line.in_flight == 0


def _collect(line: Line, kept: list[int], lost: list[int]) -> None:
    bundles, missing = line.take()
    lost += _sequences(missing)
    for bundle in bundles:
        assert len({piece.segment.sequence // 3 for piece in bundle.pieces}) == 1
        kept += [piece.segment.sequence for piece in bundle.pieces]
