"""One recording's way to the store: one parcel after another, each again and again until the store takes it."""

import logging
import random
import threading
from collections.abc import Callable
from concurrent.futures import Future, wait
from dataclasses import dataclass

from mntreamer.domain.error_place import safe_text
from mntreamer.domain.problem_code import ProblemCode
from mntreamer.domain.reason import Reason
from mntreamer.domain.recordings.loss import Loss
from mntreamer.domain.segments.stored_segment import StoredSegment
from mntreamer.recorder.pace import Pace
from mntreamer.recorder.pool import Pool
from mntreamer.recorder.storing.spool import Held, Spool

# Between two tries while somebody waits for the last of them.
_IN_A_HURRY_S = 0.5
_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class Parcel:
    """What `deliver` brings to the store, given its bytes; for a segment, with what is lost where it does not.

    What is no segment is tried once: nothing of the recording waits for it. `is_there` looks whether somebody else
    has brought the same.
    """

    what: str
    held: Held
    deliver: Callable[[bytes], object]
    segment: StoredSegment | None = None
    losses: tuple[Loss, ...] = ()
    is_there: Callable[[], bool] = lambda: False


@dataclass(frozen=True, slots=True)
class Delivery:
    """A parcel that is in the store, or that will never be: `why_lost`."""

    parcel: Parcel
    why_lost: str | None


class Outbox:
    """Delivers in a thread of its own. `trouble` is what the store last failed with; None while it is well.

    While it is ill what waits is moved to disk, so that a crash then costs nothing. It `yields` where another
    recorder brings the same: to look costs less than to deliver it twice.
    """

    def __init__(self, spool: Spool, pace: Pace) -> None:
        self.trouble: Reason | None = None
        self.yields = False
        self._spool = spool
        self._pace = pace
        self._pool = Pool(1, "store")
        self._on_its_way: dict[Parcel, Future[Delivery | None]] = {}
        self._lock = threading.Lock()
        self._hurry = threading.Event()
        self._give_up = threading.Event()

    def put(self, parcel: Parcel) -> None:
        """Have it delivered behind those that were put before. After `close` it is left in the spool at once."""
        with self._lock:
            if not self._give_up.is_set():
                self._on_its_way[parcel] = self._pool.submit(self._bring, parcel)
                return
        self._leave([parcel])

    @property
    def is_waiting(self) -> bool:
        """Whether anything is not delivered yet."""
        return bool(self._waiting())

    def take_delivered(self) -> list[Delivery]:
        """What has been delivered since, in order."""
        delivered = []
        with self._lock:
            for coming in list(self._on_its_way.values()):
                delivery = _result(coming)
                if delivery is None:
                    break
                delivered.append(delivery)
                del self._on_its_way[delivery.parcel]
        return delivered

    def wait(self, timeout_s: float) -> None:
        """Until everything is delivered, or the time is up; meanwhile no try is put off for long."""
        with self._lock:
            coming = list(self._on_its_way.values())
        self._hurry.set()
        wait(coming, timeout=max(0.0, timeout_s))
        self._hurry.clear()

    def close(self) -> None:
        """Stop trying; the segments that are still not stored are left on disk, for the recording's next recorder."""
        with self._lock:
            self._give_up.set()
            self._hurry.set()
            self._pool.shutdown(wait=False, cancel_futures=True)
        self._leave(self._waiting())

    def _waiting(self) -> list[Parcel]:
        with self._lock:
            return [parcel for parcel, coming in self._on_its_way.items() if _result(coming) is None]

    def _leave(self, parcels: list[Parcel]) -> None:
        segments = [parcel.held for parcel in parcels if parcel.segment]
        on_disk = [held for held in segments if self._spool.leave(held)]
        for parcel in parcels:
            self._spool.drop(parcel.held)
        if segments:
            _logger.warning(
                "%d bytes in %d segments are not stored; %d bytes of them wait in the spool, while it lasts",
                sum(held.size_bytes for held in segments), len(segments), sum(held.size_bytes for held in on_disk),
            )  # fmt: skip

    def _bring(self, parcel: Parcel) -> Delivery | None:
        """None if it was given up."""
        wait_s = self._pace.store_retry_s
        while not self._give_up.is_set():
            try:
                body = b"".join(self._spool.read(parcel.held))
            except OSError as error:
                if self._give_up.is_set():
                    return None  # it was left for another recorder just now
                self._spool.drop(parcel.held)
                return Delivery(parcel, f"what waited on disk for the store cannot be read: {error.strerror}")
            if self._is_there(parcel) or self._deliver(parcel, body) or not parcel.segment:
                self._spool.drop(parcel.held)
                return Delivery(parcel, None)
            del body  # it is not in memory twice while it waits, nor once if it is on disk
            self._pause(wait_s)
            wait_s = min(wait_s * 2, self._pace.store_retry_longest_s)
        return None

    def _is_there(self, parcel: Parcel) -> bool:
        if not self.yields:
            return False
        self._hurry.wait(self._pace.yield_s)
        try:
            return parcel.is_there()
        except Exception as error:  # noqa: BLE001 -- whatever ails the store, to deliver it says so, too
            _logger.info("the store does not say whether it has %s: %s", parcel.what, safe_text(error))
            return False

    def _deliver(self, parcel: Parcel, body: bytes) -> bool:
        try:
            parcel.deliver(body)
        except Exception as error:  # noqa: BLE001 -- whatever ails the store, the parcel waits until it is well
            self.trouble = _why(error)
            _logger.warning("the store did not take %s: %s", parcel.what, self.trouble)
            self._make_lasting()
            return False
        self.trouble = None
        return True

    def _make_lasting(self) -> None:
        for parcel in self._waiting():
            if parcel.segment:
                self._spool.make_lasting(parcel.held)

    def _pause(self, wait_s: float) -> None:
        if self._hurry.is_set():
            self._give_up.wait(_IN_A_HURRY_S)
        else:
            jitter = random.uniform(0.5, 1.5)  # noqa: S311 -- spreads requests, keeps no secret
            self._hurry.wait(wait_s * jitter)


def _why(error: Exception) -> Reason:
    """Of the operating system in its own words, which name no file."""
    words = error.strerror if isinstance(error, OSError) else None
    return Reason(words, ProblemCode.ERROR) if words else safe_text(error)


def _result(coming: Future[Delivery | None]) -> Delivery | None:
    return coming.result() if coming.done() and not coming.cancelled() else None
