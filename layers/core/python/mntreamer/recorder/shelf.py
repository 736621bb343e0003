"""Bundles become segments, segments go to the store, and what is stored is listed in the source playlist."""

import logging
import time
from datetime import datetime
from functools import partial

from mntreamer.domain.bundling import Bundle
from mntreamer.domain.errors import SourceError
from mntreamer.domain.loss import Cause, Loss
from mntreamer.domain.recording import Recording, RecordingChanges
from mntreamer.domain.source_playlist import SegmentName
from mntreamer.domain.stored_segment import StoredSegment
from mntreamer.ports import Clock, MediaStore
from mntreamer.recorder.keep import addressed, spool_begin
from mntreamer.recorder.maker import Maker, losses_of
from mntreamer.recorder.outbox import Outbox, Parcel
from mntreamer.recorder.pace import Pace, write_interval_s
from mntreamer.recorder.spool import Held
from mntreamer.recorder.workshop import Workshop
from mntreamer.usecases.extend_source import Source
from mntreamer.usecases.size_listed import size_bytes_of

_logger = logging.getLogger(__name__)


class Shelf:
    """Makes and stores in two threads of its own, each in order; lists and counts in the caller's.

    Beyond the workshop's budget, in memory are one bundle with what is made of it and one segment that is being
    stored. `last` is the last segment that the recording had when it was opened, stored or left in the spool.
    """

    def __init__(
        self,
        store: MediaStore,
        recording: Recording,
        source: Source,
        clock: Clock,
        workshop: Workshop,
        pace: Pace | None = None,
    ) -> None:
        self.has_stored = False
        self.last = source.resume()
        self._store = store
        self._prefix = recording.prefix
        self._source = source
        self._clock = clock
        self._spool = workshop.spool
        self._outbox = Outbox(workshop.spool, pace or Pace())
        self._maker = Maker(store, recording.prefix, workshop, self._outbox, pace or Pace())
        self._losses: list[Loss] = []
        self._written_at_s = float("-inf")
        self._first_segment_at = recording.first_segment_at
        self._last_segment_at: datetime | None = recording.last_segment_at
        self._size_bytes = recording.size_bytes + self._uncounted_bytes(recording.segments)
        for held in self._spool.left(spool_begin(recording.prefix)):
            self._take_in(held)

    @property
    def refusal(self) -> str | None:
        """Why the stream may not be recorded, if its bytes show that."""
        return self._maker.refusal

    @property
    def trouble(self) -> str | None:
        """What the store failed with, while it does."""
        return self._outbox.trouble and f"the store takes nothing: {self._outbox.trouble}"

    @property
    def is_waiting(self) -> bool:
        """Whether anything is not stored yet."""
        return self._outbox.is_waiting

    def keep(self, bundles: list[Bundle]) -> None:
        """Have the bundles made and stored."""
        for bundle in bundles:
            self._maker.take_in(bundle)

    def list_stored(self, target_duration_s: float) -> bool:
        """List what has been stored since; whether that was anything. The target is that of a whole bundle."""
        stored: list[StoredSegment] = []
        for delivery in self._outbox.take_delivered():
            if delivery.parcel.segment and delivery.why_lost:
                name, sources = delivery.parcel.segment.name, delivery.parcel.sources
                self._losses += losses_of(name.epoch, sources, Cause.NOT_STORED, delivery.why_lost)
            elif delivery.parcel.segment:
                stored.append(delivery.parcel.segment)
        if stored:
            self._source.append(stored, int(target_duration_s))
            self._count(stored)
        return bool(stored)

    def losses(self) -> list[Loss]:
        """The source segments that were found here since to be lost: damaged, or not stored for want of room."""
        new, self._losses = self._losses + self._maker.take_losses(), []
        return new

    def write(self, now_s: float, *, at_once: bool = False) -> None:
        """Write the source playlist if there is news and its time has come."""
        listed = len(self._source.playlist.segments) if self._source.playlist else 0
        if self._source.has_news and (at_once or now_s - self._written_at_s >= write_interval_s(listed)):
            self._source.write()
            self._written_at_s = now_s

    def wait(self, timeout_s: float) -> None:
        """Until all of it is stored, or the time is up."""
        until_s = time.monotonic() + timeout_s
        self._maker.wait(timeout_s)
        self._outbox.wait(until_s - time.monotonic())

    @property
    def progress(self) -> RecordingChanges:
        """What was stored when, and how much; the books know what is in it."""
        changes = RecordingChanges(
            size_bytes=self._size_bytes,
            first_segment_at=self._first_segment_at,
            last_segment_at=self._last_segment_at,
        )
        return changes | RecordingChanges(fruitless_launches=0, problem=None) if self.has_stored else changes

    def close(self) -> None:
        """Stop making and storing; segments that are not stored wait on disk for the recording's next recorder."""
        self._maker.close()
        self._outbox.close()

    def _take_in(self, held: Held) -> None:
        """What an earlier recorder could not store goes first."""
        try:
            whole = addressed(held.label, held.size_bytes)
        except SourceError as error:
            _logger.error("%s: %s", held.name, error)
            self._spool.leave(held)
            return
        if self.last and not _lies_behind(whole.segment.name, self.last.name):
            self._spool.drop(held)
            return
        self.last = whole.segment
        self._outbox.put(Parcel(whole.segment.name.file, held, partial(whole.keep, self._store), whole.segment))

    def _uncounted_bytes(self, counted_segments: int) -> int:
        playlist = self._source.playlist
        return size_bytes_of(self._store, self._prefix, playlist.segments[counted_segments:]) if playlist else 0

    def _count(self, stored: list[StoredSegment]) -> None:
        self.has_stored = True
        self._size_bytes += sum(segment.size_bytes for segment in stored)
        self._last_segment_at = self._clock()
        self._first_segment_at = self._first_segment_at or self._last_segment_at


def _lies_behind(name: SegmentName, last: SegmentName) -> bool:
    """What does not is stored already, or cannot be listed any more."""
    return (name.epoch, name.first) > (last.epoch, last.last)
