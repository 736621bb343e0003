"""The recording's lines of source segments: the one that grows, and those before until their rest has come."""

from mntreamer.domain.recordings.loss import Loss
from mntreamer.domain.segments.bundling import Bundle
from mntreamer.domain.segments.window import A_DAY, Mark, Window, goes_on, leaps, missed
from mntreamer.recorder.source.entered_line import EnteredLine
from mntreamer.recorder.source.fetch import Arrival
from mntreamer.recorder.storing.spool import Spool


class Lines:
    """Which line a window is of, and what becomes of each line's segments; `spool` is where those can wait."""

    def __init__(self, spool: Spool) -> None:
        self._spool = spool
        self._lines: list[EnteredLine] = []
        self._entered = 0
        self._mark: Mark | None = None
        self._ended: list[Mark] = []
        self._may_miss = A_DAY  # of all its lines together: a source that leaps again and again would never end

    def enter(self, window: Window) -> EnteredLine | None:
        """The line that the window belongs to; None for one that is old.

        After a source started anew, a slow edge of its network may go on showing the line before for a while.
        """
        if self._mark is None or not goes_on(self._mark, window, self._may_miss):
            if any(_is_of_the_past(window, mark) for mark in self._ended):
                return None
            self._begin_line(window)
        self._may_miss -= missed(self._mark, window) if self._mark else 0
        newest = window.segments[-1]
        if self._mark is None or newest.sequence >= self._mark.sequence:
            self._mark = Mark(newest.sequence, newest.program_date_time)
        return self._lines[-1]

    @property
    def unopened(self) -> EnteredLine | None:
        """The first line whose epoch is not known: the next can only be told apart once it is."""
        return next((entered for entered in self._lines if entered.line is None), None)

    def arrive(self, arrival: Arrival) -> None:
        """To its line; one that has ended and was taken wants nothing more."""
        for entered in self._lines:
            if entered.number == arrival.line:
                entered.arrive(arrival)

    def make_up(self) -> bool:
        """Bring back a body that waited for its line to be opened; whether there was any, so that more may wait."""
        return any(entered.make_up() for entered in self._lines)

    def take(self, *, flush: bool = False, at_end: bool = False) -> tuple[list[Bundle], list[Loss]]:
        """The bundles that are complete and the source segments that are now known to be lost, both in order.

        `flush` and `at_end` as in `Line.take`.
        """
        bundles: list[Bundle] = []
        lost: list[Loss] = []
        while self._lines and (line := self._lines[0].line):
            is_over = len(self._lines) > 1 and (flush or self._lines[0].is_settled)
            ready, missing = line.take(flush=flush or is_over, at_end=at_end or is_over)
            bundles += ready
            lost += missing
            if not is_over:
                break
            self._lines.pop(0)
        return bundles, lost

    def left(self) -> list[Loss]:
        """What was wanted and is in no bundle: lost, unless the next recorder still gets it."""
        return [loss for entered in self._lines if entered.line for loss in entered.line.left()]

    @property
    def bundle_size(self) -> int:
        """How many source segments a bundle of the newest line has that is open."""
        return next((entered.line.bundle_size for entered in reversed(self._lines) if entered.line), 1)

    @property
    def in_flight(self) -> int:
        """How many source segments are being fetched."""
        return sum(entered.in_flight for entered in self._lines)

    def close(self) -> None:
        """Give up what waits for a line to be opened."""
        for entered in self._lines:
            entered.close()

    def _begin_line(self, window: Window) -> None:
        if self._mark and leaps(self._mark, window, self._may_miss):
            self._lines[-1].leave_for(window)
        self._ended += [self._mark] if self._mark else []
        self._mark = None
        self._lines.append(EnteredLine(self._entered, window, self._spool))
        self._entered += 1


def _is_of_the_past(window: Window, ended: Mark) -> bool:
    """Judged by the source's clock alone: without one, a second start looks like the line before."""
    return ended.program_date_time is not None and window.last <= ended.sequence and goes_on(ended, window)
