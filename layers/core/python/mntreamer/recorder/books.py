"""What a recording's source playlist and account say of it, and when they are written."""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import inf

from mntreamer.domain.playlists.source_playlist import Segment
from mntreamer.domain.recordings.gap import place_of
from mntreamer.domain.recordings.loss import Loss
from mntreamer.domain.recordings.recording import Recording, RecordingChanges
from mntreamer.domain.segments.stored_segment import StoredSegment
from mntreamer.ports import MediaStore
from mntreamer.recorder.pace import write_interval_s
from mntreamer.usecases.recordings.extend_source import Source
from mntreamer.usecases.recordings.keep_account import Ledger
from mntreamer.usecases.recordings.size_listed import size_bytes_of

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class News:
    """What became of source segments, as of `at`: `stored` are to be listed, `lost` will not come.

    `expected` are on their way to the store: where they are not listed at the end, they are lost for that reason.
    `target_duration_s` is that of a whole stored segment.
    """

    at: datetime
    target_duration_s: float
    stored: tuple[StoredSegment, ...] = ()
    lost: tuple[Loss, ...] = ()
    expected: tuple[Loss, ...] = ()


class Books:
    """Read when they are made, with what was stored and not listed. `last` is the last segment of it all.

    `still_ours` as in `Source`. All times are seconds on the recorder's own clock.
    """

    def __init__(self, store: MediaStore, recording: Recording, still_ours: Callable[[], object]) -> None:
        self._source = Source(store, recording.prefix, still_ours)
        self.last = self._source.resume()
        self._ledger = Ledger(store, recording.prefix, still_ours)
        uncounted = self._source.listing.segments[recording.segments :]
        self._size_bytes = recording.size_bytes + size_bytes_of(store, recording.prefix, uncounted)
        self._first_segment_at = recording.first_segment_at
        self._last_segment_at = recording.last_segment_at
        self._has_stored = False
        self._on_their_way: list[Loss] = []
        self._written_at_s = -inf

    def take(self, news: News) -> None:
        """Enter it; nothing is written yet."""
        for loss in news.lost:
            _logger.warning("source segment %d is lost (%s): %s", loss.sequence, loss.cause, loss.why)
        self._ledger.note(news.lost)
        if news.stored:
            self._source.append(news.stored, int(news.target_duration_s))
            self._count(news.stored, news.at)
        last = self._source.listing.last
        expected = [*self._on_their_way, *news.expected]
        self._on_their_way = [loss for loss in expected if not last or place_of(loss) > (last.epoch, last.last)]

    @property
    def due_s(self) -> float:
        """When the playlist is to be written again."""
        return self._written_at_s + write_interval_s(len(self._listed)) if self._source.has_news else inf

    def write(self, recording: Recording, now_s: float, *, at_once: bool = False) -> None:
        """Write the playlist if its time has come, and the account where its gaps are others. Raises LeaseLost."""
        if self._source.has_news and (at_once or now_s >= self.due_s):
            self._source.write()
            self._written_at_s = now_s
        if self._ledger.has_news(self._listed):
            self._ledger.write(recording, self._listed)

    def close(self, recording: Recording, left: Iterable[Loss]) -> None:
        """Write the account; what is on its way and what is `left` is lost until it is listed. Raises LeaseLost."""
        self._ledger.note([*left, *self._on_their_way])
        self._ledger.write(recording, self._listed)

    @property
    def progress(self) -> RecordingChanges:
        """What the recording's row is told."""
        changes = self._ledger.account(self._listed).sums | RecordingChanges(
            size_bytes=self._size_bytes,
            first_segment_at=self._first_segment_at,
            last_segment_at=self._last_segment_at,
        )
        return changes | RecordingChanges(fruitless_launches=0, problem=None) if self._has_stored else changes

    @property
    def _listed(self) -> Sequence[Segment]:
        return self._source.listing.segments

    def _count(self, stored: Iterable[StoredSegment], at: datetime) -> None:
        self._has_stored = True
        self._size_bytes += sum(segment.size_bytes for segment in stored)
        self._last_segment_at = at
        self._first_segment_at = self._first_segment_at or at
