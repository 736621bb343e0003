"""Bundles become segments, and segments go to the store."""

import logging
import time
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from mntreamer.domain.errors import SourceError
from mntreamer.domain.playlists.source_playlist import SegmentName
from mntreamer.domain.problem_code import ProblemCode
from mntreamer.domain.reason import Reason
from mntreamer.domain.recordings.gap import Gap
from mntreamer.domain.recordings.loss import Cause, Loss
from mntreamer.domain.segments.bundling import Bundle
from mntreamer.domain.segments.stored_segment import StoredSegment
from mntreamer.ports import MediaStore
from mntreamer.recorder.pace import Pace
from mntreamer.recorder.storing.keep import addressed, spool_begin
from mntreamer.recorder.storing.maker import Maker
from mntreamer.recorder.storing.outbox import Outbox, Parcel
from mntreamer.recorder.storing.spool import Held
from mntreamer.recorder.storing.workshop import Workshop

_logger = logging.getLogger(__name__)


class Shelf:
    """Makes and stores in two threads of its own, each in order.

    Beyond the workshop's budget, in memory are one bundle with what is made of it and one segment that is being
    stored. `has_stored`: something of it was seen to be in the store.
    """

    def __init__(self, store: MediaStore, prefix: str, workshop: Workshop, pace: Pace) -> None:
        self.has_stored = False
        self._store = store
        self._prefix = prefix
        self._spool = workshop.spool
        self._outbox = Outbox(workshop.spool, pace)
        self._maker = Maker(store, prefix, workshop, self._outbox, pace)
        self._losses: list[Loss] = []

    def leave_it_to_others(self, *, first: bool) -> None:
        """Whether another recorder, which stores the same, goes first."""
        self._outbox.yields = first

    def take_in_left(self, last: StoredSegment | None) -> StoredSegment | None:
        """Have stored what an earlier recorder could not; the last of it, or `last`, which is stored already.

        Nothing else may have been handed over yet: it goes first.
        """
        for held in self._spool.left(spool_begin(self._prefix)):
            last = self._take_in(held, last)
        return last

    @property
    def refusal(self) -> Reason | None:
        """Why the stream may not be recorded, if its bytes show that."""
        return self._maker.refusal

    @property
    def trouble(self) -> Reason | None:
        """What the store failed with, while it does."""
        why = self._outbox.trouble
        return Reason(f"the store takes nothing: {why}", ProblemCode.STORE_REFUSES, why) if why else None

    @property
    def is_waiting(self) -> bool:
        """Whether anything is not stored yet."""
        return self._maker.is_at_work or self._outbox.is_waiting

    def keep(self, bundles: Sequence[Bundle]) -> None:
        """Have the bundles made and stored."""
        for bundle in bundles:
            self._maker.take_in(bundle)

    def take_stored(self) -> list[StoredSegment]:
        """What has been stored since, in order."""
        stored: list[StoredSegment] = []
        for delivery in self._outbox.take_delivered():
            if delivery.parcel.segment and delivery.why_lost:
                self._losses += [replace(loss, why=delivery.why_lost) for loss in delivery.parcel.losses]
            elif delivery.parcel.segment:
                stored.append(delivery.parcel.segment)
        self.has_stored = self.has_stored or bool(stored)
        return stored

    def losses(self) -> list[Loss]:
        """The source segments that were found here since to be lost: damaged, or not stored for want of room."""
        new, self._losses = self._losses + self._maker.take_losses(), []
        return new

    def wait(self, timeout_s: float) -> None:
        """Until all of it is stored, or the time is up."""
        until_s = time.monotonic() + timeout_s
        self._maker.wait(timeout_s)
        self._outbox.wait(until_s - time.monotonic())

    def close(self) -> None:
        """Stop making and storing; segments that are not stored wait on disk for the recording's next recorder."""
        self._maker.close()
        self._outbox.close()

    def _take_in(self, held: Held, last: StoredSegment | None) -> StoredSegment | None:
        try:
            whole = addressed(held.label, held.size_bytes)
        except SourceError as error:
            _logger.error("%s: %s", held.name, error)
            self._spool.leave(held)
            return last
        if last and not _lies_behind(whole.segment.name, last.name):
            self._spool.drop(held)
            return last
        segment, deliver = whole.segment, partial(whole.keep, self._store)
        self._outbox.put(Parcel(segment.name.file, held, deliver, segment, _losses_in(segment)))
        return segment


def _losses_in(segment: StoredSegment) -> tuple[Loss, ...]:
    """What is missing where it is not stored; which of its source segments was how long is not known any more."""
    name, begin, lasts_s = segment.name, segment.program_date_time, segment.duration_s
    return tuple(Gap(name.epoch, name.first, name.last, begin, lasts_s, Cause.NOT_STORED, "").losses())


def _lies_behind(name: SegmentName, last: SegmentName) -> bool:
    """What does not is stored already, or cannot be listed any more."""
    return (name.epoch, name.first) > (last.epoch, last.last)
