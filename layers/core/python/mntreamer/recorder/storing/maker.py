"""One recording's bundles become parcels for the store, one bundle after another."""

import logging
import threading
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, wait
from dataclasses import replace
from functools import partial

from mntreamer.domain.error_place import kind_and_place
from mntreamer.domain.playlists.source_playlist import SegmentName
from mntreamer.domain.reason import Reason
from mntreamer.domain.recordings.loss import Cause, Loss
from mntreamer.domain.segments.bundling import Bundle
from mntreamer.ports import MediaStore
from mntreamer.recorder.pace import Pace
from mntreamer.recorder.pool import Pool
from mntreamer.recorder.storing.keep import Addressed, keep_damaged
from mntreamer.recorder.storing.make import Damaged, Made, Part, make
from mntreamer.recorder.storing.outbox import Outbox, Parcel
from mntreamer.recorder.storing.spool import Held, NoRoom
from mntreamer.recorder.storing.workshop import Workshop

_logger = logging.getLogger(__name__)


class Maker:
    """Makes in a thread of its own; what waits for it, and what it has made, is in the workshop's spool.

    `refusal` says why the stream may not be recorded, if its bytes show that.
    """

    def __init__(self, store: MediaStore, prefix: str, workshop: Workshop, outbox: Outbox, pace: Pace) -> None:
        self.refusal: Reason | None = None
        self._store = store
        self._prefix = prefix
        self._remuxer = workshop.remuxer
        self._spool = workshop.spool
        self._outbox = outbox
        self._pace = pace
        self._is_closed = threading.Event()
        self._pool = Pool(1, "make")
        self._waiting: dict[Held, Future[None]] = {}
        self._losses: deque[Loss] = deque()

    def take_in(self, bundle: Bundle) -> None:
        """Have its segments made and put into the outbox."""
        held = self._spool.hold([piece.body for piece in bundle.pieces])
        if isinstance(held, NoRoom):
            self._losses.extend(bundle.losses(Cause.NOT_STORED, held.why))
            return
        self._waiting = {held: making for held, making in self._waiting.items() if not making.done()}
        self._waiting[held] = self._pool.submit(self._make, _with_bodies(bundle, [b""] * len(bundle.pieces)), held)

    def take_losses(self) -> list[Loss]:
        """What was lost here since."""
        return [self._losses.popleft() for _ in range(len(self._losses))]

    @property
    def is_at_work(self) -> bool:
        """Whether anything is not made yet."""
        return not all(making.done() for making in self._waiting.values())

    def wait(self, timeout_s: float) -> None:
        """Until everything is made, or the time is up."""
        wait(self._waiting.values(), timeout=max(0.0, timeout_s))

    def close(self) -> None:
        """Give up what is not being made yet: the next recorder finds it in the source's window."""
        self._is_closed.set()
        self._pool.shutdown(wait=False, cancel_futures=True)
        for held, making in self._waiting.items():
            if making.cancelled():
                self._spool.drop(held)

    def _make(self, bundle: Bundle, held: Held) -> None:
        """One bundle's failure is its own."""
        try:
            made = self._made(_with_bodies(bundle, self._spool.read(held)))
        except Exception as error:  # noqa: BLE001 -- see above
            _logger.error("%s cannot be made: %s", bundle.name.file, kind_and_place(error))
            self._losses.extend(bundle.losses(Cause.DAMAGED, f"no segment can be made of it: {type(error).__name__}"))
            return
        finally:
            self._spool.drop(held)
        if made:
            self._send_all(made, bundle)

    def _made(self, bundle: Bundle) -> Made | None:
        """None if it was given up."""
        while not self._is_closed.is_set():
            try:
                return make(bundle, self._remuxer)
            except OSError as error:
                _logger.warning("remuxing has to wait: %s", error.strerror)
                self._is_closed.wait(self._pace.retry_longest_s)
        return None

    def _send_all(self, made: Made, bundle: Bundle) -> None:
        if made.refusal:
            self.refusal = made.refusal
            self._losses.extend(bundle.losses(Cause.DAMAGED, made.refusal))
        self._losses.extend(made.losses)
        for part in made.parts:
            self._send(part, bundle)
        for damaged in made.damaged:
            self._send_damaged(damaged)

    def _send(self, part: Part, bundle: Bundle) -> None:
        whole = Addressed(self._prefix, part.segment)
        name = part.segment.name
        held = self._spool.hold([part.body], whole.spool_name, whole.label, lasting=bool(self._outbox.trouble))
        losses = _losses_in(name, bundle, held.why if isinstance(held, NoRoom) else "")
        if isinstance(held, NoRoom):
            self._losses.extend(losses)
        else:
            is_there = partial(whole.is_kept, self._store)
            self._outbox.put(
                Parcel(name.file, held, partial(whole.keep, self._store), part.segment, losses, is_there)
            )

    def _send_damaged(self, damaged: Damaged) -> None:
        held = self._spool.hold([damaged.body])
        if isinstance(held, Held):
            deliver = partial(keep_damaged, self._store, self._prefix, damaged.name)
            self._outbox.put(Parcel(damaged.name.file, held, deliver))


def _losses_in(name: SegmentName, bundle: Bundle, why: str) -> tuple[Loss, ...]:
    """What of the bundle is missing where this part of it is not stored."""
    losses = bundle.losses(Cause.NOT_STORED, why)
    return tuple(loss for loss in losses if name.first <= loss.sequence <= name.last)


def _with_bodies(bundle: Bundle, bodies: Sequence[bytes]) -> Bundle:
    pieces = [replace(piece, body=body) for piece, body in zip(bundle.pieces, bodies, strict=True)]
    return replace(bundle, pieces=tuple(pieces))
