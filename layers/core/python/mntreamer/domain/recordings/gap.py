"""The holes in a recording: what of the source is missing, from which moment on, for how long, and why."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from mntreamer.domain.playlists.source_playlist import Segment
from mntreamer.domain.recordings.loss import Cause, Loss
from mntreamer.domain.times import seconds

NOT_KNOWN = "not known: whoever was recording left no word of it"
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Gap:
    """Consecutive source segments of one epoch, `first` and `last` included, that one cause kept away.

    `begin` is on the source's own clock, if that is known; `why` is what stood in the way of the first of them.
    """

    epoch: int
    first: int
    last: int
    begin: datetime | None
    duration_s: float
    cause: Cause
    why: str

    @property
    def count(self) -> int:
        """How many source segments are missing."""
        return self.last - self.first + 1

    def losses(self) -> Iterator[Loss]:
        """Its source segments one by one, each as long as they are on average."""
        mean_s = self.duration_s / self.count
        for position in range(self.count):
            begin = self.begin + seconds(mean_s * position) if self.begin else None
            yield Loss(self.epoch, self.first + position, self.cause, self.why, begin, mean_s)


def place_of(loss: Loss) -> Place:
    """Which source segment it is: its epoch and its media sequence."""
    return loss.epoch, loss.sequence


class Missing:
    """What is missing beside what is `listed`, which only ever grows at its end: only what is new is looked at.

    The first word on a source segment stands. What was noted and is listed after all is no gap. What is missing
    between two entries of one epoch and was never noted is one that nobody knows the cause of. Across epochs nothing
    can be counted, nor before the first entry and behind the last: there only what was noted counts.
    """

    def __init__(self, listed: Sequence[Segment], noted: Iterable[Loss] = ()) -> None:
        self._listed = listed
        self._looked_at = 0
        self._lost: dict[Place, Loss] = {}
        self._gaps: tuple[Gap, ...] | None = None
        self.note(noted)

    def note(self, losses: Iterable[Loss]) -> None:
        """These will not come, and why."""
        for loss in losses:
            if self._lost.setdefault(place_of(loss), loss).why == NOT_KNOWN:
                self._lost[place_of(loss)] = loss
            self._gaps = None

    def gaps(self) -> tuple[Gap, ...]:
        """In order; the same object until it becomes another."""
        for index in range(self._looked_at, len(self._listed)):
            self._look_at(index)
        self._looked_at = len(self._listed)
        if self._gaps is None:
            self._gaps = tuple(_joined(self._lost[p] for p in sorted(self._lost) if not _is_listed(p, self._listed)))
        return self._gaps

    def _look_at(self, index: int) -> None:
        name = self._listed[index].name
        if index and (hole := _hole_between(self._listed[index - 1], self._listed[index])):
            for loss in hole.losses():
                self._lost.setdefault(place_of(loss), loss)
            self._gaps = None
        if self._lost and any((name.epoch, sequence) in self._lost for sequence in range(name.first, name.last + 1)):
            self._gaps = None


def _hole_between(before: Segment, after: Segment) -> Gap | None:
    missing = after.name.first - before.name.last - 1
    return _hole_behind(before, missing) if missing > 0 and before.name.epoch == after.name.epoch else None


def _hole_behind(before: Segment, count: int) -> Gap:
    """Of so many source segments, each as long as those in the segment before."""
    name, date = before.name, before.program_date_time
    begin = date + seconds(before.duration_s) if date else None
    duration_s = before.duration_s / name.count * count
    return Gap(name.epoch, name.last + 1, name.last + count, begin, duration_s, Cause.UNSEEN, NOT_KNOWN)


def _is_listed(place: Place, listed: Sequence[Segment]) -> bool:
    epoch, sequence = place
    behind = bisect_right(listed, place, key=lambda segment: (segment.name.epoch, segment.name.first))
    name = listed[behind - 1].name if behind else None
    return name is not None and name.epoch == epoch and sequence <= name.last


def _joined(losses: Iterable[Loss]) -> Iterator[Gap]:
    run: list[Loss] = []
    for loss in losses:
        if run and not _continues(run[-1], loss):
            yield _gap_of(run)
            run = []
        run.append(loss)
    if run:
        yield _gap_of(run)


def _continues(before: Loss, after: Loss) -> bool:
    return (before.epoch, before.sequence + 1, before.cause) == (after.epoch, after.sequence, after.cause)


def _gap_of(run: Sequence[Loss]) -> Gap:
    first = run[0]
    duration_s = round(sum(loss.duration_s for loss in run), 3)
    return Gap(first.epoch, first.sequence, run[-1].sequence, first.begin, duration_s, first.cause, first.why)
