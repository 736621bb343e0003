"""What a recording's source playlist and account say of it, and when they are written."""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import inf

from mntreamer.domain.monitors.topic import Topic
from mntreamer.domain.playlists.source_playlist import Segment
from mntreamer.domain.recordings.gap import place_of
from mntreamer.domain.recordings.loss import Loss
from mntreamer.domain.recordings.recording import Recording, RecordingChanges
from mntreamer.domain.segments.stored_segment import StoredSegment
from mntreamer.domain.times import whole_milliseconds
from mntreamer.ports import MediaStore
from mntreamer.recorder.bookkeeping.listing_queue import ListingQueue
from mntreamer.recorder.pace import write_interval_s
from mntreamer.usecases.recordings.size_listed import size_bytes_listed
from mntreamer.usecases.recordings.stored.ledger import Ledger
from mntreamer.usecases.recordings.stored.source import Source

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class News:
    """What became of source segments, as of `at`: `stored` are to be listed, `lost` will not come.

    `expected` are on their way to the store: where they are not listed at the end, they are lost for that reason.
    `target_duration_s` is that of a whole stored segment. `topic` is what the broadcast is about, if that was asked.
    """

    at: datetime
    target_duration_s: float = 0.0
    stored: tuple[StoredSegment, ...] = ()
    lost: tuple[Loss, ...] = ()
    expected: tuple[Loss, ...] = ()
    topic: Topic | None = None


class Books:
    """Read when they are made, with what was stored and not listed. `last` is the last segment of it all.

    Nothing that begins behind `until` is listed then; so long as `others_within_s` it is waited for others.

    `still_ours` as in `Source`. All times are seconds on the recorder's own clock.
    """

    def __init__(
        self,
        store: MediaStore,
        recording: Recording,
        still_ours: Callable[[], object],
        until: StoredSegment | None = None,
        others_within_s: float = 0.0,
    ) -> None:
        self._source = Source(store, recording.prefix, still_ours)
        self.last = self._source.resume(until)
        self._queue = ListingQueue(self._source, others_within_s)
        self._ledger = Ledger(store, recording, still_ours)
        self._size_bytes = size_bytes_listed(store, recording, self.listed)
        self._first_segment_at = recording.first_segment_at
        self._last_segment_at = recording.last_segment_at
        self._has_stored = False
        self._on_their_way: list[Loss] = []
        self._written_at_s = -inf

    def take(self, news: News) -> None:
        """Take it down; nothing is listed yet."""
        for loss in news.lost:
            _logger.warning("source segment %d is lost (%s): %s", loss.sequence, loss.cause, loss.why)
        self._ledger.note(news.lost)
        if news.topic:
            self._ledger.note_topic(news.topic, whole_milliseconds(news.at))
        self._queue.take(news.stored, news.lost, int(news.target_duration_s))
        self._on_their_way += news.expected
        if news.stored:
            self._has_stored = True
            self._last_segment_at = news.at
            self._first_segment_at = self._first_segment_at or news.at

    def enter(self, now_s: float, *, waits: bool = False) -> None:
        """List what was stored; nothing is written yet. `waits`: where another may store what is missing."""
        listed = self._queue.list_ready(now_s, waits=waits)
        self._size_bytes += sum(segment.size_bytes for segment in listed)
        last = self._source.listing.last
        expected = self._on_their_way
        self._on_their_way = [loss for loss in expected if not last or place_of(loss) > (last.epoch, last.last)]

    @property
    def due_s(self) -> float:
        """When the playlist is to be written again, or what was stored is to be listed."""
        return min(self._write_from_s, self._queue.due_s)

    @property
    def _write_from_s(self) -> float:
        return self._written_at_s + write_interval_s(len(self.listed)) if self._source.has_news else inf

    def write_playlist(self, now_s: float, *, at_once: bool = False) -> None:
        """Write it if its time has come. Raises LeaseLost."""
        if self._source.has_news and (at_once or now_s >= self._write_from_s):
            self._source.write()
            self._written_at_s = now_s

    def write_account(self, recording: Recording) -> None:
        """Write it where its gaps or chapters are others. Raises LeaseLost."""
        if self._ledger.has_news(self.listed):
            self._ledger.write(recording, self.listed)

    def close(self, recording: Recording, left: Iterable[Loss]) -> None:
        """Write the account; what is on its way and what is `left` is lost until it is listed. Raises LeaseLost."""
        self._ledger.note([*left, *self._on_their_way])
        self._ledger.write(recording, self.listed)

    @property
    def progress(self) -> RecordingChanges:
        """What the recording's row is told."""
        changes = self._ledger.account(self.listed).sums | RecordingChanges(
            size_bytes=self._size_bytes,
            first_segment_at=self._first_segment_at,
            last_segment_at=self._last_segment_at,
        )
        return changes | RecordingChanges(fruitless_launches=0, problem=None) if self._has_stored else changes

    @property
    def listed(self) -> Sequence[Segment]:
        """What the playlist lists, or will once it is written."""
        return self._source.listing.segments
