"""The recorder at work: one thread polls, hands on and decides; neither the store nor the books hold it up."""

import logging
import queue
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial

from mntreamer.domain.errors import LeaseLost, NotFinished
from mntreamer.domain.monitors.probe import Live, Probe
from mntreamer.domain.reason import Reason
from mntreamer.domain.recordings.loss import Cause, Loss
from mntreamer.domain.recordings.recording import Recording, RecordingChanges
from mntreamer.domain.segments.bundling import Bundle
from mntreamer.domain.segments.edge import edge_of
from mntreamer.ports import Ports
from mntreamer.public_http.session import public_session
from mntreamer.recorder.bookkeeping.bookkeeping import Bookkeeping
from mntreamer.recorder.bookkeeping.books import News
from mntreamer.recorder.bookkeeping.holding import OnStart
from mntreamer.recorder.complaints import Complaints
from mntreamer.recorder.ending.asking import Asking
from mntreamer.recorder.ending.ending import Ending
from mntreamer.recorder.ending.farewell import Farewell
from mntreamer.recorder.ending.fullness import Fullness
from mntreamer.recorder.ending.leaving import leave
from mntreamer.recorder.pace import Pace
from mntreamer.recorder.past.backfill import Backfill
from mntreamer.recorder.pictures.illustrator import Illustrator
from mntreamer.recorder.source.feed import Feed
from mntreamer.recorder.source.fetch import SegmentFetcher
from mntreamer.recorder.source.lines import Lines
from mntreamer.recorder.storing.shelf import Shelf
from mntreamer.recorder.storing.workshop import Workshop

_logger = logging.getLogger(__name__)
_USUAL_TARGET_DURATION_S = 2.0
# Between two polls, whatever target duration a source claims.
_LONGEST_POLL_S = 5.0
_LONGEST_WAIT_S = 1.0
_LAST = (Ending.OVER, Ending.UNWANTED, Ending.CALLED_OFF, Ending.FULL)
_NOT_YET = "the recorder left before the store had taken it"


class Recorder:
    """Polls the source, has segments fetched, bundles stored and books kept; one thread decides it all.

    `following` is the next part of the recording, once this one is full: of holder and standby alike.
    """

    def __init__(
        self,
        ports: Ports,
        recording: Recording,
        stop: threading.Event,
        on_start: OnStart,
        workshop: Workshop,
        *,
        pace: Pace,
        standby: int | None = None,
    ) -> None:
        self._ports = ports
        self._stop = stop
        self._pace = pace
        self._session = public_session(ports.settings.allowed_hosts, (pace.connect_s, pace.stall_s))
        self._now_s: Callable[[], float] = time.monotonic
        platform = ports.platforms[recording.platform]
        self._feed = Feed(self._session, platform, recording.channel_id, recording.max_height, ports.clock, pace)
        self._fetcher = SegmentFetcher(self._session, pace)
        self._lines = Lines(workshop.spool)
        self._shelf = Shelf(ports.store, recording.prefix, workshop, pace)
        illustrator = Illustrator(ports.store, recording.prefix, workshop.remuxer, pace)
        self._books = Bookkeeping(ports, recording, self._shelf, illustrator, on_start, pace, standby=standby)
        self._backfill = Backfill(ports, recording, self._session, workshop.remuxer, pace)
        self._complaints = Complaints(partial(_logger.warning, "tried again: %s"))
        self._asking = Asking(ports, recording, pace, self._now_s())
        self._end = self._asking.end
        self._farewell = Farewell(stop, pace.hand_over_s)
        self._fullness = Fullness(recording.opened_at + ports.settings.max_length)
        self.following: Recording | None = None
        self._target_duration_s = _USUAL_TARGET_DURATION_S
        self._poll_from_s = self._now_s()

    def run(self) -> Ending:
        """Raises NotFinished where store or tables hang while it leaves."""
        try:
            while not (ending := self._ending):
                self._complaints.over(self._poll)
                self._receive(self._poll_from_s - self._now_s())
                self._hand_on()
                self._watch_the_end()
                if self._farewell.begins(self._now_s(), waits=self._books.is_holder):
                    self._books.leave_soon()
                self._keep_books()
                self._go_back()
            until_s = self._now_s() + self._pace.drain_s
            self._await_epochs(until_s)
            self._drain(until_s)
            self._outlast(ending)
            self._regain(ending)
            self._finish(ending)
            self.following = self.following or self._books.following
        except LeaseLost as error:
            _logger.info("another generation goes on: %s", error)
            self._drain(self._now_s() + self._pace.drain_s)
            return Ending.LEASE_LOST
        return ending

    def close(self) -> None:
        before = (self._asking.close, self._backfill.close, self._feed.close, self._fetcher.close)
        for close in (*before, self._books.close, self._lines.close, self._shelf.close, self._session.close):
            close()

    def _poll(self) -> None:
        """If it is time: the source's window, and what is new in it."""
        if self._now_s() < self._poll_from_s:
            return
        self._poll_again_after(self._pace.poll_every)
        if self._fetcher.is_denied.is_set():
            self._fetcher.is_denied.clear()
            self._feed.distrust()
        if (window := self._feed.poll()) is None:
            return
        self._target_duration_s = window.target_duration_s
        line = self._lines.enter(window)
        if line is None:
            return
        if self._lines.unopened is line and line.begin is window:
            self._open_line(self._pace.open_s)
        wanted = line.wanted(edge_of(window, line.wanted_from), self._feed.why_unseen)
        self._fetcher.show(line.number, window, self._feed.headers)
        self._fetcher.ask(line.number, wanted)
        if wanted:
            self._end.moved(self._now_s())
            self._poll_again_after(self._pace.poll_after_news)
        self._end.source_ended = window.ended
        if line.line:
            self._backfill.show(line.line, window, self._feed)

    def _poll_again_after(self, target_durations: float) -> None:
        self._poll_from_s = self._now_s() + min(self._target_duration_s * target_durations, _LONGEST_POLL_S)

    def _open_line(self, wait_s: float = 0.0) -> None:
        """Where a line's epoch is known in time, nothing is fetched again that is stored already."""
        if unopened := self._lines.unopened:
            unopened.line = self._books.open(unopened.begin, wait_s)

    def _receive(self, timeout_s: float) -> None:
        """Wait for the first arrival and take all that are there."""
        try:
            wait_s = min(max(0.0, timeout_s), _LONGEST_WAIT_S)
            self._lines.arrive(self._fetcher.arrivals.get(timeout=wait_s))
            while True:
                self._lines.arrive(self._fetcher.arrivals.get_nowait())
        except queue.Empty:
            return

    def _hand_on(self, *, flush: bool = False) -> None:
        """Bundles to the shelf, and to the books what became of each source segment.

        What waited for its epoch goes first, one body after another: so no more of it is in memory than of others.
        """
        while self._lines.make_up():
            self._pass_on(*self._lines.take())
        is_end = self._end.is_over or self._books.recording.stopped_at is not None
        self._pass_on(*self._lines.take(flush=flush, at_end=flush and is_end))

    def _pass_on(self, bundles: Sequence[Bundle], losses: Sequence[Loss]) -> None:
        stored = self._shelf.take_stored()
        if stored:
            self._end.spoke(self._now_s())
        lost = (*losses, *self._shelf.losses(), *self._backfill.take_lost())
        expected = tuple(loss for bundle in bundles for loss in bundle.losses(Cause.NOT_STORED, _NOT_YET))
        if stored or lost or expected:
            # A bundle's target covers the longest that its source may list: each up to half a second above its own.
            target_duration_s = (self._target_duration_s + 0.5) * self._lines.bundle_size
            self._books.tell(News(self._ports.clock(), target_duration_s, tuple(stored), lost, expected))
        self._shelf.keep(bundles)

    def _keep_books(self) -> None:
        self._shelf.leave_it_to_others(first=not self._books.is_holder and self._books.recording.recorders > 1)
        self._books.obstacle = self._shelf.trouble or self._feed.trouble or self._fetcher.trouble
        self._books.go_on(self._feed.live_id)
        self._open_line()

    def _watch_the_end(self) -> None:
        """Only the holder asks the platform: a standby looks for another URL where the source stands still."""
        now_s = self._now_s()
        if not self._books.is_holder:
            if self._asking.would_ask(now_s):
                self._feed.distrust()
            return
        if probe := self._asking.go_on(now_s):
            self._believe(probe, now_s)
        if topic := self._asking.topic(now_s):
            self._books.tell(News(self._ports.clock(), topic=topic))

    def _believe(self, probe: Probe, now_s: float) -> None:
        if isinstance(probe, Live):
            self._books.confirm()
            self._feed.is_on_all_the_same()
            if self._end.is_stale(now_s):
                self._feed.distrust()

    @property
    def _refusal(self) -> Reason | None:
        """Why the stream may not be recorded, if it may not: its first bytes said so, or its source again and again.

        Once something of it was recorded, what cannot be is an insertion that passes.
        """
        by_its_bytes = None if self._shelf.has_stored else self._shelf.refusal
        return by_its_bytes or self._books.refusal or self._feed.lasting_refusal

    @property
    def _ending(self) -> Ending | None:
        """Why to leave now; None while there is no reason."""
        if self._books.recording.stopped_at:
            return Ending.CALLED_OFF
        if ending := self._end.ending:
            return ending
        if self._refusal:
            return Ending.REFUSED
        if self._farewell.is_over(self._now_s(), waits=self._books.is_holder):
            return Ending.STOPPED
        if self._books.following:
            return Ending.FULL
        is_full = self._fullness.is_reached(self._ports.clock(), waits=self._is_waiting or self._books.is_at_work)
        return Ending.FULL if is_full and self._books.is_holder else None

    def _await_epochs(self, until_s: float) -> None:
        """What no epoch is known for can only wait for the next recorder, in the source's window."""
        while self._lines.unopened and not self._books.refusal and self._now_s() < until_s:
            self._receive(self._pace.retry_s)
            self._open_line()

    def _drain(self, until_s: float) -> None:
        """Take in what is on its way, then have all of it stored, also the begun bundle."""
        while self._lines.in_flight and self._now_s() < until_s:
            self._receive(self._pace.retry_s)
        self._hand_on(flush=True)
        self._shelf.wait(self._pace.drain_s)

    def _outlast(self, ending: Ending) -> None:
        """At a recording's end what the store has not taken would wait for nobody: hold on until it is well again."""
        until_s = self._now_s() + self._pace.outlast_s
        while self._is_last(ending) and self._is_waiting and not self._stop.is_set() and self._now_s() < until_s:
            self._receive(self._pace.retry_s)
            self._shelf.wait(self._pace.stale_s)
            self._hand_on(flush=True)
            self._books.confirm()
            self._keep_books()

    def _go_back(self) -> None:
        """The past waits while the live edge does."""
        if self._books.is_holder and not (self._lines.in_flight or self._shelf.trouble or self._feed.trouble):
            self._complaints.over(partial(self._backfill.go_on, self._books.listed))

    def _regain(self, ending: Ending) -> None:
        """At the stream's end nobody comes after this one for what the source still lists."""
        until_s = self._now_s() + self._pace.regain_s
        while ending is Ending.OVER and self._books.is_holder and not self._stop.is_set() and self._now_s() < until_s:
            self._hand_on(flush=True)
            self._keep_books()
            self._backfill.go_on(self._books.listed, hurries=True)
            if self._backfill.is_idle:
                return
            self._receive(self._pace.retry_s)

    def _is_last(self, ending: Ending) -> bool:
        """Whether no other recorder comes."""
        return ending in _LAST and self._books.is_holder

    @property
    def _is_waiting(self) -> bool:
        return self._shelf.is_waiting or self._lines.unopened is not None

    def _finish(self, ending: Ending) -> None:
        """What store and tables hang over is waited for a while, and for long where nobody comes after."""
        self._pass_on((), ())
        past = self._backfill.left() if self._is_last(ending) else []
        left, is_last = [*self._lines.left(), *past], self._is_last(ending)
        self._books.finish(left, partial(self._leave, ending), is_last=is_last)
        until_s = self._now_s() + (self._pace.outlast_s if self._is_last(ending) else 0.0)
        while not self._books.has_finished(self._pace.drain_s):
            if self._stop.is_set() or self._now_s() >= until_s:
                raise NotFinished("store or tables hang, and not all is told; the next recorder goes on")

    def _leave(self, ending: Ending, recording: Recording, progress: RecordingChanges) -> None:
        self.following = leave(self._ports, ending, self._refusal, recording, progress)
