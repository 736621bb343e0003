"""What a recording lacks of the past is fetched behind its live edge: bundle by bundle, at a pace of its own."""

import logging
import time
from collections.abc import Sequence
from concurrent.futures import Future
from functools import partial
from math import inf

import requests

from mntreamer.domain.error_place import safe_text
from mntreamer.domain.errors import NotFetched, SourceError
from mntreamer.domain.playlists.source_playlist import Segment
from mntreamer.domain.recordings.recording import Recording
from mntreamer.domain.segments.bundling import Line
from mntreamer.domain.segments.edge import edge_of
from mntreamer.domain.segments.window import Window
from mntreamer.ports import Ports
from mntreamer.recorder.child.remuxer import Remuxer
from mntreamer.recorder.complaints import Complaints
from mntreamer.recorder.pace import Pace
from mntreamer.recorder.past.lookback import Lookback
from mntreamer.recorder.past.regain import Regain, Shown
from mntreamer.recorder.past.rewind import Rewind
from mntreamer.recorder.pool import Pool
from mntreamer.recorder.source.feed import Feed

_logger = logging.getLogger(__name__)


class Backfill:
    """In a thread of its own, one bundle at a time. What is stored is listed once the recording is closed.

    `is_idle`: when it was last looked, nothing was lacking that was to be had, or there was nowhere to look.
    """

    def __init__(
        self, ports: Ports, recording: Recording, session: requests.Session, remuxer: Remuxer, pace: Pace
    ) -> None:
        self.is_idle = True
        self._pace = pace
        self._regain = Regain(ports.store, recording.prefix, session, remuxer)
        platform = ports.platforms[recording.platform]
        rewind = Rewind(session, platform, recording.channel_id, recording.max_height, pace)
        self._lookback = Lookback(ports, recording, rewind, self._regain)
        self._shown: Shown | None = None
        self._live_id: str | None = None
        self._complaints = Complaints(partial(_logger.warning, "the past has to wait: %s"))
        self._due_s = -inf
        self._pool = Pool(1, "backfill")
        self._step: Future[bool] | None = None

    def show(self, line: Line, window: Window, feed: Feed) -> None:
        """The newest window, which is of this line, as it was read from there."""
        self._shown = Shown(line.epoch, line.bundle_size, window, feed.headers)
        self._live_id = feed.live_id if feed.rewinds else None

    def go_on(self, listed: Sequence[Segment], *, hurries: bool = False) -> None:
        """Begin with the next bundle, if it is time and none is under way; who `hurries` waits for no time."""
        if self._step and self._step.done():
            over, self._step = self._step, None
            self.is_idle = not over.result()
            self._due_s = time.monotonic() + self._wait_s
            hurries = hurries and not self.is_idle
        is_time = hurries or time.monotonic() >= self._due_s
        if self._step is None and is_time and listed and (shown := self._reaching_back):
            self.is_idle = False
            self._step = self._pool.submit(self._go_back, listed, shown, self._live_id)

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

    def _go_back(self, listed: Sequence[Segment], shown: Shown, live_id: str | None) -> bool:
        """Whether there was anything to fetch. What fails is told, and tried again later."""
        try:
            return self._fetch_next(listed, shown, live_id)
        except Exception as error:  # noqa: BLE001 -- whatever ails platform, source or store, the live edge goes on
            self._complaints.make(safe_text(error))
            return False

    def _fetch_next(self, listed: Sequence[Segment], shown: Shown, live_id: str | None) -> bool:
        errand = self._lookback.next(listed, shown, live_id)
        if errand is None:
            return False
        try:
            names = self._regain.regain(errand.shown, errand.run, takes_less=errand.takes_less)
        except (SourceError, NotFetched) as error:
            _logger.info("source segments from %d on did not come again: %s", errand.run[0].sequence, error)
            names = []
        self._lookback.came(errand, names)
        return True
