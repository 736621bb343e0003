"""What a standby remembers of its own work, to tell it if it takes over."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from mntreamer.domain.playlists.source_playlist import SegmentName, follows
from mntreamer.domain.recordings.gap import place_of
from mntreamer.domain.recordings.loss import Loss
from mntreamer.domain.segments.stored_segment import StoredSegment
from mntreamer.recorder.bookkeeping.books import News


@dataclass(slots=True)
class Notes:
    """`last` is what was stored last, at `stored_at`."""

    last: StoredSegment | None = None
    stored_at: datetime | None = None
    _unbroken_from: SegmentName | None = None
    _lost: list[Loss] = field(default_factory=list)
    _expected: list[Loss] = field(default_factory=list)

    def take(self, news: Iterable[News]) -> None:
        """Remember it; what is stored needs no telling."""
        for told in news:
            self._lost += told.lost
            for segment in told.stored:
                self._take_stored(segment)
                self.stored_at = told.at
            last = self.last.name if self.last else None
            expected = [*self._expected, *told.expected]
            self._expected = [loss for loss in expected if not last or place_of(loss) > (last.epoch, last.last)]

    def joins(self, listed: SegmentName | None) -> bool:
        """Whether nothing is missing between what is `listed` and what was stored last."""
        begin = self._unbroken_from
        if begin is None or listed is None:
            return False
        return (begin.epoch, begin.first) <= (listed.epoch, listed.last + 1)

    def as_news(self, at: datetime) -> News:
        """All that is remembered, for the books."""
        return News(at, lost=tuple(self._lost), expected=tuple(self._expected))

    def _take_stored(self, segment: StoredSegment) -> None:
        if self.last is None or not follows(self.last.name, segment.name):
            self._unbroken_from = segment.name
        self.last = segment
