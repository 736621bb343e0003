"""Bundles go to the store one after another, and what is stored is listed in the source playlist."""

import logging
import threading
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import datetime

from mntreamer.domain.bundling import Bundle
from mntreamer.domain.errors import SourceError
from mntreamer.domain.recording import Recording, RecordingChanges
from mntreamer.domain.stored_segment import StoredSegment
from mntreamer.ports import Clock, MediaStore
from mntreamer.recorder.keep import keep_bundle
from mntreamer.recorder.pace import write_interval_s
from mntreamer.usecases.extend_source import Source

_logger = logging.getLogger(__name__)


class Shelf:
    """Stores in a thread of its own, in order; lists and counts in the caller's.

    `has_news`: the source playlist lists what it did not when it was read.
    """

    def __init__(
        self, store: MediaStore, recording: Recording, source: Source, clock: Clock, *, has_news: bool
    ) -> None:
        self._store = store
        self._recording = recording
        self._source = source
        self._clock = clock
        self._give_up = threading.Event()
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="store")
        self._pending: deque[tuple[Bundle, Future[StoredSegment | None]]] = deque()
        self._unwritten = has_news
        self._written_at_s = float("-inf")
        self._first_segment_at = recording.first_segment_at
        self._last_segment_at: datetime | None = recording.last_segment_at
        self._size_bytes = recording.size_bytes
        self._lost = recording.lost_segments
        self._has_stored = False

    def keep(self, bundles: list[Bundle], lost: int) -> None:
        """Have the bundles stored; count the source segments that are lost."""
        self._lost += lost
        for bundle in bundles:
            prefix = self._recording.prefix
            stored = self._pool.submit(keep_bundle, self._store, prefix, bundle, self._give_up)
            self._pending.append((bundle, stored))

    def list_stored(self, target_duration_s: float) -> int:
        """List what has been stored since; how many segments that were."""
        count = 0
        while self._pending and self._pending[0][1].done():
            bundle, stored = self._pending.popleft()
            count += self._list(bundle, stored, round(target_duration_s * len(bundle.pieces)))
        return count

    def write(self, now_s: float, *, at_once: bool = False) -> None:
        """Write the source playlist if there is news and its time has come."""
        listed = len(self._source.playlist.segments) if self._source.playlist else 0
        if self._unwritten and (at_once or now_s - self._written_at_s >= write_interval_s(listed)):
            self._source.write()
            self._unwritten = False
            self._written_at_s = now_s

    def wait(self, timeout_s: float) -> None:
        """Until all of it is stored, or the time is up."""
        wait([stored for _, stored in self._pending], timeout=max(0.0, timeout_s))

    @property
    def progress(self) -> RecordingChanges:
        """The recording's counts as they are now."""
        playlist = self._source.playlist
        changes = RecordingChanges(
            segments=len(playlist.segments) if playlist else 0,
            duration_s=round(playlist.duration_s, 3) if playlist else 0.0,
            size_bytes=self._size_bytes,
            lost_segments=self._lost,
            first_segment_at=self._first_segment_at,
            last_segment_at=self._last_segment_at,
        )
        return changes | RecordingChanges(fruitless_launches=0) if self._has_stored else changes

    def close(self) -> None:
        """Give up what is still not stored."""
        self._give_up.set()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _list(self, bundle: Bundle, stored: Future[StoredSegment | None], target_duration_s: int) -> int:
        try:
            segment = stored.result()
        except SourceError as error:
            _logger.error("%s was fetched and cannot be kept: %s", bundle.name.file, error)
            segment = None
        if segment is None:
            self._lost += len(bundle.pieces)
            return 0
        self._source.append([segment], target_duration_s)
        self._unwritten = True
        self._has_stored = True
        self._size_bytes += segment.size_bytes
        self._last_segment_at = self._clock()
        self._first_segment_at = self._first_segment_at or self._last_segment_at
        return 1
