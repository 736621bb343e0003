"""What a recording lacks of the past is fetched behind its live edge: bundle by bundle, at a pace of its own."""

import logging
import time
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from math import inf

import requests

from mntreamer.domain.error_place import safe_text
from mntreamer.domain.errors import NotFetched, SourceError
from mntreamer.domain.playlists.source_playlist import Segment
from mntreamer.domain.recordings.loss import Loss
from mntreamer.domain.recordings.recording import Recording
from mntreamer.domain.segments.bundling import Line
from mntreamer.domain.segments.edge import edge_of
from mntreamer.domain.segments.window import Window
from mntreamer.ports import Ports
from mntreamer.recorder.child.remuxer import Remuxer
from mntreamer.recorder.complaints import Complaints
from mntreamer.recorder.pace import Pace
from mntreamer.recorder.past.bundle_fetcher import BundleFetcher, Regained, Shown
from mntreamer.recorder.past.missing_bundles import MissingBundles
from mntreamer.recorder.past.rewind import Rewind
from mntreamer.recorder.pool import Pool
from mntreamer.recorder.source.feed import Feed

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Step:
    """`tried`: there was something to fetch, and it was asked for. `lost` is what is given up by that."""

    tried: bool
    lost: Sequence[Loss] = ()


class Backfill:
    """In a thread of its own, one bundle at a time. What is stored is listed once the recording is closed.

    `is_idle`: when it was last looked, nothing was lacking that was to be had, or there was nowhere to look.
    """

    def __init__(
        self, ports: Ports, recording: Recording, session: requests.Session, remuxer: Remuxer, pace: Pace
    ) -> None:
        self.is_idle = True
        self._pace = pace
        self._fetcher = BundleFetcher(ports.store, recording.prefix, session, remuxer)
        platform = ports.platforms[recording.platform]
        rewind = Rewind(session, platform, recording.channel_id, recording.max_height, pace)
        self._missing = MissingBundles(ports, recording, rewind, self._fetcher)
        self._shown: Shown | None = None
        self._live_id: str | None = None
        self._complaints = Complaints(partial(_logger.warning, "the past has to wait: %s"))
        self._due_s = -inf
        self._pool = Pool(1, "backfill")
        self._step: Future[_Step] | None = None
        self._lost: list[Loss] = []

    def show(self, line: Line, window: Window, feed: Feed) -> None:
        """The newest window, which is of this line, as it was read from there."""
        self._shown = Shown(line.epoch, line.bundle_size, window, feed.headers)
        self._live_id = feed.live_id if feed.rewinds else None

    def go_on(self, listed: Sequence[Segment], *, hurries: bool = False) -> None:
        """Begin with the next bundle, if it is time and none is under way; who `hurries` waits for no time."""
        if self._step and self._step.done():
            over, self._step = self._step.result(), None
            self.is_idle = not over.tried
            self._lost += over.lost
            self._due_s = time.monotonic() + self._wait_s
            hurries = hurries and not self.is_idle
        is_time = hurries or time.monotonic() >= self._due_s
        if self._step is None and is_time and listed and (shown := self._reaching_back):
            self.is_idle = False
            self._step = self._pool.submit(self._go_back, listed, shown, self._live_id)

    def take_lost(self) -> list[Loss]:
        """What was given up since."""
        lost, self._lost = self._lost, []
        return lost

    def left(self) -> list[Loss]:
        """What is lacking and was not asked for yet: lost where no other recorder comes."""
        return self._missing.left()

    def close(self) -> None:
        """Begin nothing more; what is under way is as good as never begun until it is stored."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    @property
    def _wait_s(self) -> float:
        return self._pace.look_back_every_s if self.is_idle else self._pace.backfill_every_s

    @property
    def _reaching_back(self) -> Shown | None:
        """What is shown, if there is more than the live edge."""
        shown = self._shown
        is_longer = shown is not None and (bool(self._live_id) or edge_of(shown.window).first > shown.window.first)
        return shown if is_longer else None

    def _go_back(self, listed: Sequence[Segment], shown: Shown, live_id: str | None) -> _Step:
        """What fails is told, and tried again later."""
        try:
            return self._fetch_next(listed, shown, live_id)
        except Exception as error:  # noqa: BLE001 -- whatever ails platform, source or store, the live edge goes on
            self._complaints.make(safe_text(error))
            return _Step(tried=False)

    def _fetch_next(self, listed: Sequence[Segment], shown: Shown, live_id: str | None) -> _Step:
        errand = self._missing.next(listed, shown, live_id)
        if errand is None:
            return _Step(tried=False)
        try:
            regained = self._fetcher.fetch(errand.shown, errand.run, takes_less=errand.takes_less)
        except (SourceError, NotFetched) as error:
            _logger.info("source segments from %d on did not come again: %s", errand.run[0].sequence, error)
            regained = Regained()
        return _Step(tried=True, lost=self._missing.came(errand, regained))
