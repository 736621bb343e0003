"""Bundles go to the store one after another, and what is stored is listed in the source playlist."""

import logging
import threading
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import datetime

from mntreamer.domain.bundling import Bundle
from mntreamer.domain.error_place import kind_and_place
from mntreamer.domain.recording import Recording, RecordingChanges
from mntreamer.domain.stored_segment import StoredSegment
from mntreamer.ports import Clock, MediaStore
from mntreamer.recorder.keep import keep_bundle
from mntreamer.recorder.pace import write_interval_s
from mntreamer.usecases.extend_source import Source

_logger = logging.getLogger(__name__)


class Shelf:
    """Stores in a thread of its own, in order; lists and counts in the caller's."""

    def __init__(self, store: MediaStore, recording: Recording, source: Source, clock: Clock) -> None:
        self._store = store
        self._prefix = recording.prefix
        self._source = source
        self._clock = clock
        self._give_up = threading.Event()
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="store")
        self._pending: deque[Future[list[StoredSegment]]] = deque()
        self._written_at_s = float("-inf")
        self._first_segment_at = recording.first_segment_at
        self._last_segment_at: datetime | None = recording.last_segment_at
        self._size_bytes = recording.size_bytes + source.found_bytes
        self.has_stored = False

    def keep(self, bundles: list[Bundle]) -> None:
        """Have the bundles stored."""
        for bundle in bundles:
            self._pending.append(self._pool.submit(keep_bundle, self._store, self._prefix, bundle, self._give_up))

    def list_stored(self, target_duration_s: float) -> bool:
        """List what has been stored since; whether that was anything. The target is that of a whole bundle."""
        stored: list[StoredSegment] = []
        while self._pending and self._pending[0].done():
            stored += self._result(self._pending.popleft())
        if stored:
            self._source.append(stored, int(target_duration_s))
            self._count(stored)
        return bool(stored)

    def write(self, now_s: float, *, at_once: bool = False) -> None:
        """Write the source playlist if there is news and its time has come."""
        listed = len(self._source.playlist.segments) if self._source.playlist else 0
        if self._source.has_news and (at_once or now_s - self._written_at_s >= write_interval_s(listed)):
            self._source.write()
            self._written_at_s = now_s

    def wait(self, timeout_s: float) -> None:
        """Until all of it is stored, or the time is up."""
        wait(self._pending, timeout=max(0.0, timeout_s))

    @property
    def progress(self) -> RecordingChanges:
        """The recording's counts as they are now."""
        playlist = self._source.playlist
        changes = RecordingChanges(
            segments=len(playlist.segments) if playlist else 0,
            duration_s=round(playlist.duration_s, 3) if playlist else 0.0,
            lost_segments=playlist.lost if playlist else 0,
            size_bytes=self._size_bytes,
            first_segment_at=self._first_segment_at,
            last_segment_at=self._last_segment_at,
        )
        return changes | RecordingChanges(fruitless_launches=0, problem=None) if self.has_stored else changes

    def close(self) -> None:
        """Give up what is still not stored."""
        self._give_up.set()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _result(self, kept: Future[list[StoredSegment]]) -> list[StoredSegment]:
        """One bundle's failure is its own: what was stored before and after it is listed all the same."""
        try:
            return kept.result()
        except Exception as error:  # noqa: BLE001 -- see above
            _logger.error("a bundle cannot be kept: %s", kind_and_place(error))
            return []

    def _count(self, stored: list[StoredSegment]) -> None:
        self.has_stored = True
        self._size_bytes += sum(segment.size_bytes for segment in stored)
        self._last_segment_at = self._clock()
        self._first_segment_at = self._first_segment_at or self._last_segment_at
