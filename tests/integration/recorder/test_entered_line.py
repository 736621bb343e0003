"""What comes while a line's epoch is being opened waits, and is then as it would have been."""

from pathlib import Path

import pytest

from mntreamer.domain.recordings.loss import Cause, Loss
from mntreamer.domain.segments.bundling import Bundle, Fetched, Line
from mntreamer.domain.segments.window import SourceSegment, Window
from mntreamer.recorder.source.entered_line import EnteredLine
from mntreamer.recorder.source.fetch import Arrival
from mntreamer.recorder.source.lines import Lines
from mntreamer.recorder.storing.spool import Spool

BODY_BYTES = 1000
BUNDLE = 3
WHY = "the source moved on"


def _window(first: int, count: int = 6) -> Window:
    return Window(2.0, tuple(SourceSegment(s, "https://m.example/", 2.0) for s in range(first, first + count)))


def _body(sequence: int) -> bytes:
    return bytes([sequence]) * BODY_BYTES


def _come(lines: Lines, entered: EnteredLine, *sequences: int) -> None:
    for sequence in sequences:
        [segment] = _window(sequence, 1).segments
        lines.arrive(Arrival(entered.number, sequence, Fetched(segment, _body(sequence), b""), ""))


def _made_up(lines: Lines) -> tuple[list[Bundle], list[Loss]]:
    bundles: list[Bundle] = []
    losses: list[Loss] = []
    while lines.make_up():
        ready, lost = lines.take()
        assert sum(len(bundle.pieces) for bundle in ready) <= BUNDLE
        bundles += ready
        losses += lost
    return bundles, losses


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    return Spool(tmp_path, 2 * BODY_BYTES, 4 * BODY_BYTES)


def _entered(lines: Lines, window: Window) -> EnteredLine:
    entered = lines.enter(window)
    assert entered
    return entered


def test_all_that_is_listed_is_asked_for_at_once_and_once(spool: Spool) -> None:
    lines = Lines(spool)
    entered = _entered(lines, _window(0))

    assert [segment.sequence for segment in entered.wanted(_window(0), WHY)] == [0, 1, 2, 3, 4, 5]
    assert [segment.sequence for segment in entered.wanted(_window(2), WHY)] == [6, 7]
    assert lines.in_flight == 8


def test_what_came_meanwhile_is_bundled_in_order_and_leaves_the_spool(spool: Spool) -> None:
    lines = Lines(spool)
    entered = _entered(lines, _window(0))
    entered.wanted(_window(0), WHY)
    _come(lines, entered, 1, 0, 3, 2, 5, 4)
    assert lines.take() == ([], [])
    assert spool.memory.used_bytes + spool.disk.used_bytes == 6 * BODY_BYTES

    entered.line = Line(0, 3, 0)

    bundles, losses = _made_up(lines)
    assert [(bundle.name.first, bundle.name.last) for bundle in bundles] == [(0, 2), (3, 5)]
    assert [piece.body for bundle in bundles for piece in bundle.pieces] == [_body(s) for s in range(6)]
    assert losses == []
    assert (spool.memory.used_bytes, spool.disk.used_bytes) == (0, 0)


def test_what_came_before_and_what_comes_after_make_one_bundle(spool: Spool) -> None:
    lines = Lines(spool)
    entered = _entered(lines, _window(0, 3))
    entered.wanted(_window(0, 3), WHY)
    _come(lines, entered, 0, 1)
    entered.line = Line(0, 3, 0)
    _made_up(lines)

    _come(lines, entered, 2)

    [bundle], _ = lines.take()
    assert (bundle.name.first, bundle.name.last) == (0, 2)
    assert lines.in_flight == 0


def test_what_left_the_window_meanwhile_is_told_as_it_would_have_been(spool: Spool) -> None:
    lines = Lines(spool)
    entered = _entered(lines, _window(0, 3))
    entered.wanted(_window(0, 3), WHY)
    _come(lines, entered, 0, 2)
    lines.arrive(Arrival(entered.number, 1, None, "HTTP 404"))
    entered.wanted(_window(5, 1), WHY)
    _come(lines, entered, 5)

    entered.line = Line(0, 3, 0)

    _, losses = _made_up(lines)
    assert [(loss.sequence, loss.cause, loss.why) for loss in losses] == [
        (1, Cause.NOT_FETCHED, "HTTP 404"),
        (3, Cause.UNSEEN, WHY),
        (4, Cause.UNSEEN, WHY),
    ]


def test_what_the_line_holds_already_is_not_taken_again(spool: Spool) -> None:
    lines = Lines(spool)
    entered = _entered(lines, _window(0))
    entered.wanted(_window(0), WHY)
    _come(lines, entered, 0, 1, 2, 3, 4)
    lines.arrive(Arrival(entered.number, 5, None, "HTTP 404"))

    entered.line = Line(0, 3, 3)

    [bundle], [loss] = _made_up(lines)
    assert (bundle.name.first, bundle.name.last, loss.sequence) == (3, 4, 5)


def test_what_found_no_room_to_wait_is_lost_and_says_so(spool: Spool) -> None:
    lines = Lines(spool)
    entered = _entered(lines, _window(0, 9))
    entered.wanted(_window(0, 9), WHY)
    _come(lines, entered, *range(9))

    entered.line = Line(0, 3, 0)

    bundles, losses = _made_up(lines)
    assert [(bundle.name.first, bundle.name.last) for bundle in bundles] == [(0, 2), (3, 5)]
    assert [(loss.sequence, loss.cause) for loss in losses] == [(s, Cause.NOT_STORED) for s in (6, 7, 8)]
    assert "MNTREAMER_SPOOL_BYTES" in losses[0].why


def test_two_lines_wait_each_for_its_own(spool: Spool) -> None:
    lines = Lines(spool)
    before, after = (_entered(lines, _window(first, 3)) for first in (5000, 0))
    for entered in (before, after):
        entered.wanted(entered.begin, WHY)
        _come(lines, entered, *(segment.sequence % 256 for segment in entered.begin.segments if entered is after))
    for sequence in range(5000, 5003):
        lines.arrive(Arrival(before.number, sequence, None, "HTTP 404"))

    assert lines.unopened is before
    before.line = Line(7, 3, 5000)
    assert lines.unopened is after
    after.line = Line(8, 3, 0)

    bundles, losses = _made_up(lines)
    assert [bundle.name.epoch for bundle in bundles] == [8]
    assert {loss.epoch for loss in losses} == {7}


def test_what_waits_for_an_epoch_that_never_comes_gives_its_room_back(spool: Spool) -> None:
    lines = Lines(spool)
    entered = _entered(lines, _window(0))
    entered.wanted(_window(0), WHY)
    _come(lines, entered, 0, 1, 2)

    lines.close()

    assert (spool.memory.used_bytes, spool.disk.used_bytes) == (0, 0)
