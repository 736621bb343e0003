"""A line of source segments from its first window on: while its epoch is being opened, what comes for it waits."""

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from mntreamer.domain.recordings.loss import Cause
from mntreamer.domain.segments.bundling import Fetched, Line
from mntreamer.domain.segments.window import SourceSegment, Window
from mntreamer.recorder.source.fetch import Arrival
from mntreamer.recorder.storing.spool import Held, NoRoom, Spool


class EnteredLine:
    """`number` counts the lines that a recorder enters from 0, `begin` is the window that this one begins with.

    `in_flight` source segments are being fetched, whether or not the line is open. No bundle can be named before it
    is: until then their bodies wait in the spool, and all that happened is made up for in the same order.
    """

    def __init__(self, number: int, begin: Window, spool: Spool) -> None:
        self.number = number
        self.begin = begin
        self.line: Line | None = None
        self.in_flight = 0
        self._spool = spool
        self._asked: set[int] = set()
        self._waiting: deque[Callable[[Line], object]] = deque()
        self._held: set[Held] = set()

    @property
    def is_settled(self) -> bool:
        """Whether nothing more comes for it, nor waits."""
        return not (self.in_flight or self._waiting)

    @property
    def wanted_from(self) -> int | None:
        """The first media sequence that no bundle has taken; None while that is not known."""
        return None if self.line is None or self._waiting else self.line.next_sequence

    def wanted(self, window: Window, why_unseen: str) -> list[SourceSegment]:
        """As `Line.wanted`."""
        if self.line is None or self._waiting:
            wanted = self._wanted_meanwhile(window, why_unseen)
        else:
            wanted = self.line.wanted(window, why_unseen)
        self.in_flight += len(wanted)
        return wanted

    def arrive(self, arrival: Arrival) -> None:
        """What became of a segment that was asked for."""
        self.in_flight -= 1
        if arrival.fetched and (self.line is None or self._waiting):
            self._waiting.append(self._kept(arrival.fetched))
        else:
            self._do(partial(_take_in, arrival))

    def leave_for(self, window: Window) -> None:
        """As `Line.leave_for`."""
        self._do(lambda line: line.leave_for(window))

    def make_up(self) -> bool:
        """If the line is open, let happen what waited for that, up to the next body; whether anything did."""
        did_wait = bool(self.line and self._waiting)
        held = len(self._held)
        while self.line and self._waiting and len(self._held) == held:
            self._waiting.popleft()(self.line)
        return did_wait

    def close(self) -> None:
        """Give up what waits for an epoch that was never opened."""
        for held in self._held:
            self._spool.drop(held)

    def _do(self, happens: Callable[[Line], object]) -> None:
        if self.line is None or self._waiting:
            self._waiting.append(happens)
        else:
            happens(self.line)

    def _wanted_meanwhile(self, window: Window, why_unseen: str) -> list[SourceSegment]:
        wanted = [segment for segment in window.segments if segment.sequence not in self._asked]
        self._asked.update(segment.sequence for segment in wanted)
        if wanted:
            news = _ends_and(wanted, window)  # some sources list hours each time
            self._waiting.append(lambda line: line.wanted(news, why_unseen))
        return wanted

    def _kept(self, fetched: Fetched) -> Callable[[Line], object]:
        held = self._spool.hold([fetched.body])
        if isinstance(held, NoRoom):
            return partial(_lose, fetched.segment.sequence, held.why)
        self._held.add(held)
        return partial(self._bring_back, replace(fetched, body=b""), held)

    def _bring_back(self, fetched: Fetched, held: Held, line: Line) -> None:
        try:
            [body] = self._spool.read(held)
        except OSError as error:
            _lose(fetched.segment.sequence, f"what waited on disk cannot be read: {error.strerror}", line)
        else:
            _add(replace(fetched, body=body), line)
        self._held.discard(held)
        self._spool.drop(held)


def _ends_and(wanted: Iterable[SourceSegment], window: Window) -> Window:
    """The window with nothing between its ends but what is wanted."""
    kept = {segment.sequence: segment for segment in (window.segments[0], *wanted, window.segments[-1])}
    return replace(window, segments=tuple(kept.values()))


def _take_in(arrival: Arrival, line: Line) -> None:
    if arrival.fetched:
        _add(arrival.fetched, line)
    elif _is_wanted(arrival.sequence, line):
        line.lose(arrival.sequence, arrival.why)


def _add(fetched: Fetched, line: Line) -> None:
    if _is_wanted(fetched.segment.sequence, line):
        line.add(fetched)


def _lose(sequence: int, why: str, line: Line) -> None:
    if _is_wanted(sequence, line):
        line.lose(sequence, why, Cause.NOT_STORED)


def _is_wanted(sequence: int, line: Line) -> bool:
    """Of a line that goes on, what is stored already is not; that was not known when it was asked for."""
    return sequence >= line.next_sequence
