"""A source segment that only repeats the bytes of the one before is neither stored again nor missed."""

import zlib
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mntreamer.domain.recordings.loss import Cause
from mntreamer.domain.segments.bundling import Bundle, Fetched, Line
from mntreamer.domain.segments.cover import best_cover
from mntreamer.domain.segments.window import SourceSegment, Window
from tests.contract.records import NOON


def _at(sequence: int) -> datetime:
    return NOON + timedelta(seconds=2 * sequence)


def _fetched(sequence: int, *, repeats: int | None = None, discontinuity: bool = False) -> Fetched:
    """A source segment, which may have the bytes of another."""
    segment = SourceSegment(sequence, "https://media.example/", 2.0, _at(sequence), discontinuity=discontinuity)
    return Fetched(segment, b"body %d" % (sequence if repeats is None else repeats), b"init")


def _line(first: int = 12, bundle_size: int = 3) -> Line:
    return Line(epoch=0, bundle_size=bundle_size, next_sequence=first)


def _list(line: Line, *sequences: int) -> None:
    line.wanted(Window(2.0, tuple(_fetched(sequence).segment for sequence in sequences)), "no recorder was running")


def _come(line: Line, *pieces: Fetched) -> None:
    """They are listed, and come."""
    _list(line, *(piece.segment.sequence for piece in pieces))
    for piece in pieces:
        line.add(piece)


def _take(line: Line, *pieces: Fetched) -> list[Bundle]:
    _come(line, *pieces)
    bundles, lost = line.take()
    assert lost == []
    return bundles


def _held(bundles: list[Bundle]) -> list[tuple[int, int, list[int]]]:
    """The ranges, and which media sequences are in them."""
    return [(b.name.first, b.name.last, [piece.segment.sequence for piece in b.pieces]) for b in bundles]


def test_a_segment_that_repeats_the_one_before_it_is_stored_once_and_not_missed() -> None:
    assert _held(_take(_line(), _fetched(12), _fetched(13, repeats=12), _fetched(14))) == [(12, 14, [12, 14])]


def test_a_segment_that_repeats_the_last_one_of_the_bundle_before_adds_nothing_but_its_number() -> None:
    line = _line()
    _take(line, _fetched(12), _fetched(13), _fetched(14))

    assert _held(_take(line, _fetched(15, repeats=14), _fetched(16), _fetched(17))) == [(15, 17, [16, 17])]


def test_what_only_has_the_checksum_of_the_one_before_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zlib, "crc32", lambda _: 0)
    line = _line()
    _take(line, _fetched(12), _fetched(13), _fetched(14))

    assert _held(_take(line, _fetched(15), _fetched(16), _fetched(17))) == [(15, 17, [15, 16, 17])]


def test_a_bundle_of_nothing_but_repeats_is_none_and_the_next_one_covers_it() -> None:
    line = _line()
    _take(line, _fetched(12), _fetched(13), _fetched(14))

    assert _take(line, *(_fetched(sequence, repeats=14) for sequence in (15, 16, 17))) == []
    assert _held(_take(line, _fetched(18, repeats=14), _fetched(19), _fetched(20))) == [(15, 20, [19, 20])]
    assert _held(_take(line, _fetched(21), _fetched(22), _fetched(23))) == [(21, 23, [21, 22, 23])]


def test_what_is_listed_again_behind_a_discontinuity_is_meant_to_be_played_again() -> None:
    line = _line()
    _take(line, _fetched(12), _fetched(13), _fetched(14))

    again = _fetched(15, repeats=14, discontinuity=True)
    assert _held(_take(line, again, _fetched(16), _fetched(17))) == [(15, 17, [15, 16, 17])]


def test_a_segment_like_the_last_one_before_a_hole_is_kept() -> None:
    line = _line()
    _list(line, *range(12, 18))
    line.lose(14, "HTTP 404")
    for fetched in (_fetched(12), _fetched(13), _fetched(15, repeats=13), _fetched(16), _fetched(17)):
        line.add(fetched)

    assert _held(line.take()[0]) == [(12, 13, [12, 13]), (15, 17, [15, 16, 17])]


def test_repeats_before_a_hole_belong_to_it_and_make_it_no_longer() -> None:
    line = _line()
    _take(line, _fetched(12), _fetched(13), _fetched(14))
    _list(line, 15, 16, 17)
    line.add(_fetched(15, repeats=14))
    line.lose(16, "HTTP 404")
    line.add(_fetched(17))

    bundles, lost = line.take()

    assert _held(bundles) == [(17, 17, [17])]
    assert [(loss.sequence, loss.why, loss.duration_s) for loss in lost] == [
        (15, "HTTP 404", 0.0),
        (16, "HTTP 404", 2.0),
    ]


def test_repeats_at_the_end_are_neither_stored_nor_lost() -> None:
    line = _line()
    _take(line, _fetched(12), _fetched(13), _fetched(14))
    _come(line, _fetched(15, repeats=14), _fetched(16, repeats=14))

    assert line.take(flush=True, at_end=True) == ([], [])


def test_recorders_that_saw_a_repeat_and_one_that_did_not_never_have_it_listed_twice() -> None:
    """The second one began with the repeat: it cannot know that it is one."""
    first, second = _line(), _line(first=15)
    repeats = [_fetched(sequence, repeats=14) for sequence in (15, 16, 17)]
    news = [_fetched(sequence) for sequence in (18, 19, 20)]
    stored = _take(first, *(_fetched(sequence) for sequence in (12, 13, 14)))
    for line in (first, second):
        stored += _take(line, *repeats) + _take(line, *news)

    names = best_cover([bundle.name for bundle in stored])

    assert [(name.first, name.last) for name in names] == [(12, 14), (15, 20)]


@given(st.lists(st.booleans(), min_size=1, max_size=40), st.integers(0, 5))
def test_whatever_is_repeated_ranges_follow_each_other_and_all_that_is_new_is_there_once(
    are_new: list[bool], first: int
) -> None:
    line = _line(first=first)
    bodies = accumulate([int(is_new) for is_new in are_new])
    pieces = [replace(_fetched(first + i), body=b"body %d" % body) for i, body in enumerate(bodies)]
    _come(line, *pieces)

    bundles, lost = line.take(flush=True, at_end=True)

    assert lost == []
    held = [piece.body for bundle in bundles for piece in bundle.pieces]
    assert held == list(dict.fromkeys(piece.body for piece in pieces))
    assert bundles[0].name.first == first
    assert all(before.name.last + 1 == after.name.first for before, after in pairwise(bundles))


def test_the_parts_of_a_bundle_cover_what_is_repeated_between_them() -> None:
    line = _line(first=11, bundle_size=6)
    _take(line, _fetched(11))
    repeated = {12: 11, 14: 13, 17: 16}
    [bundle] = _take(line, *(_fetched(sequence, repeats=repeated.get(sequence)) for sequence in range(12, 18)))

    assert _held(list(bundle.cut([1, 2]))) == [(12, 14, [13]), (15, 15, [15]), (16, 17, [16])]


def test_a_lost_bundle_is_as_long_as_what_it_holds() -> None:
    line = _line()
    [bundle] = _take(line, _fetched(12), _fetched(13, repeats=12), _fetched(14))

    losses = bundle.losses(Cause.DAMAGED, "not readable")

    assert [(loss.sequence, loss.begin, loss.duration_s) for loss in losses] == [
        (12, _at(12), 2.0),
        (13, _at(12), 0.0),
        (14, _at(14), 2.0),
    ]
