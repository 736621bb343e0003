"""In which order the past is fetched, and what of it is not worth another try."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from mntreamer.domain.segments.window import SourceSegment

_TRIES = 3
_REFUSED_IN_A_ROW = 3


@dataclass(slots=True)
class Backlog:
    """One line's past, bundle by bundle: the oldest first, as that leaves the window first.

    A server may list more than it gives. Once something was tried in vain, the newest is first, which goes on from
    what is recorded; once that fails again and again, nothing older is asked for.
    """

    _tries: Counter[int] = field(default_factory=Counter)
    _given_up: set[int] = field(default_factory=set)
    _in_vain: int = 0
    _newest_first: bool = False
    _not_below: int = 0

    def left(self, lacking: Iterable[SourceSegment]) -> list[SourceSegment]:
        """What of the lacking is worth another try."""
        return [s for s in lacking if s.sequence >= self._not_below and s.sequence not in self._given_up]

    def next(self, lacking: Iterable[SourceSegment], bundle_size: int) -> list[SourceSegment]:
        """Consecutive ones of one bundle; none where nothing is left that is worth a try."""
        runs = list(_runs(self.left(lacking), bundle_size))
        return runs[-1 if self._newest_first else 0] if runs else []

    def is_last_try(self, run: Sequence[SourceSegment]) -> bool:
        return self._tries[run[0].sequence] + 1 >= _TRIES

    def came(self) -> None:
        """All that was asked for last is stored."""
        self._in_vain = 0

    def failed(self, run: Sequence[SourceSegment]) -> None:
        """Something of it did not come."""
        first = run[0].sequence
        self._tries[first] += 1
        if self._tries[first] < _TRIES:
            return
        self._given_up.update(segment.sequence for segment in run)
        self._in_vain += self._newest_first
        self._newest_first = True
        if self._in_vain >= _REFUSED_IN_A_ROW:
            self._not_below = run[-1].sequence + 1


def _runs(segments: Iterable[SourceSegment], bundle_size: int) -> Iterable[list[SourceSegment]]:
    run: list[SourceSegment] = []
    for segment in segments:
        if run and (segment.sequence != run[-1].sequence + 1 or segment.sequence % bundle_size == 0):
            yield run
            run = []
        run.append(segment)
    if run:
        yield run
