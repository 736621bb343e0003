"""The recording's lines of source segments: the one that grows, and the one before until its rest has come."""

from mntreamer.domain.bundling import Bundle, Line
from mntreamer.domain.epoch import Epoch
from mntreamer.domain.loss import Loss
from mntreamer.domain.stored_segment import StoredSegment
from mntreamer.domain.window import Mark, SourceSegment, Window, goes_on
from mntreamer.ports import MediaStore
from mntreamer.recorder.fetch import Arrival
from mntreamer.recorder.open_epoch import open_epoch


class Lines:
    """`last` is what the recording has stored last, if it has anything."""

    def __init__(self, store: MediaStore, prefix: str, last: StoredSegment | None) -> None:
        self._store = store
        self._prefix = prefix
        self._last = last
        self._lines: list[Line] = []
        self._mark: Mark | None = None
        self._ended: list[Mark] = []
        self._unopened: Window | None = None

    def enter(self, window: Window, why_unseen: str) -> tuple[int, list[SourceSegment]] | None:
        """The epoch that the window belongs to, and what of it is to be fetched now; None for one that is old.

        `why_unseen` says why nobody saw what had left the window before. After a source started anew, a slow edge of
        its network may go on showing the line before for a while.
        """
        if self._mark is None or not goes_on(self._mark, window):
            if any(_is_of_the_past(window, mark) for mark in self._ended):
                return None
            self._ended += [self._mark] if self._mark else []
            self._lines.append(self._new_line(self._first_of_line(window)))
            self._mark = self._unopened = None
        newest = window.segments[-1]
        if self._mark is None or newest.sequence >= self._mark.sequence:
            self._mark = Mark(newest.sequence, newest.program_date_time)
        line = self._lines[-1]
        return line.epoch, line.wanted(window, why_unseen)

    def _first_of_line(self, window: Window) -> Window:
        """The window that the line begins with: an earlier one where its epoch could not be opened then.

        What that one listed has left since: it is lost, and told.
        """
        seen = self._unopened
        if seen is None or not goes_on(Mark(seen.last, seen.segments[-1].program_date_time), window):
            self._unopened = seen = window
        return seen

    def arrive(self, arrival: Arrival) -> None:
        for line in self._lines:
            if line.epoch == arrival.epoch and arrival.fetched:
                line.add(arrival.fetched)
            elif line.epoch == arrival.epoch:
                line.lose(arrival.sequence, arrival.why)

    def take(self, *, flush: bool = False, at_end: bool = False) -> tuple[list[Bundle], list[Loss]]:
        """The bundles that are complete and the source segments that are now known to be lost, both in order.

        `flush` and `at_end` as in `Line.take`.
        """
        bundles: list[Bundle] = []
        lost: list[Loss] = []
        while self._lines:
            line = self._lines[0]
            is_over = len(self._lines) > 1 and (flush or not line.in_flight)
            ready, missing = line.take(flush=flush or is_over, at_end=at_end or is_over)
            bundles += ready
            lost += missing
            if not is_over:
                break
            self._lines.pop(0)
        return bundles, lost

    def left(self) -> list[Loss]:
        """What was wanted and is in no bundle: lost, unless the next recorder still gets it."""
        return [loss for line in self._lines for loss in line.left()]

    @property
    def bundle_size(self) -> int:
        """How many source segments a bundle of the line that grows has."""
        return self._lines[-1].bundle_size if self._lines else 1

    @property
    def in_flight(self) -> int:
        """How many source segments are being fetched."""
        return sum(line.in_flight for line in self._lines)

    def _new_line(self, window: Window) -> Line:
        over = self._lines[-1].epoch if self._lines else None
        return self._line_of(open_epoch(self._store, self._prefix, window, self._last, over), window)

    def _line_of(self, epoch: Epoch, window: Window) -> Line:
        last = self._last
        if last and last.name.epoch == epoch.number:
            return Line(epoch.number, epoch.bundle_size, last.name.last + 1, last.init_digest)
        return Line(epoch.number, epoch.bundle_size, min(epoch.first_sequence, window.first))


def _is_of_the_past(window: Window, ended: Mark) -> bool:
    """Judged by the source's clock alone: without one, a second start looks like the line before."""
    return ended.program_date_time is not None and window.last <= ended.sequence and goes_on(ended, window)
