"""The recorder at work: one thread polls, hands on, stores and decides."""

import logging
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import replace

import requests

from mntreamer.domain.error_place import kind_and_place, safe_text
from mntreamer.domain.errors import LeaseLost, PlatformError
from mntreamer.domain.probe import Live, Probe, ProbeFailed
from mntreamer.domain.recording import Recording, RecordingChanges
from mntreamer.ports import Ports
from mntreamer.recorder.bookkeeping import Bookkeeping
from mntreamer.recorder.ending import Ending, EndWatch
from mntreamer.recorder.feed import Feed
from mntreamer.recorder.fetch import SegmentFetcher
from mntreamer.recorder.holding import Holding, OnStart
from mntreamer.recorder.lines import Lines
from mntreamer.recorder.pace import Pace
from mntreamer.recorder.shelf import Shelf
from mntreamer.recorder.workshop import Workshop
from mntreamer.usecases.begin_next_part import begin_next_part
from mntreamer.usecases.extend_source import Source
from mntreamer.usecases.keep_account import Ledger
from mntreamer.usecases.leave_recording import leave_recording
from mntreamer.usecases.remember_session import remember_session

_logger = logging.getLogger(__name__)
_USUAL_TARGET_DURATION_S = 2.0
# Between two polls, whatever target duration a source claims.
_LONGEST_POLL_S = 5.0
_LONGEST_WAIT_S = 1.0
_REFUSALS = 3


class Recorder:
    """Polls the source, has segments fetched, bundles stored and the lease renewed; one thread decides it all.

    `following` is the next part of the recording, once this one is full.
    """

    def __init__(
        self,
        ports: Ports,
        recording: Recording,
        session: requests.Session,
        stop: threading.Event,
        on_start: OnStart,
        workshop: Workshop,
        *,
        pace: Pace,
    ) -> None:
        self._ports = ports
        self._stop = stop
        self._pace = pace
        self._now_s: Callable[[], float] = time.monotonic
        self._platform = ports.platforms[recording.platform]
        self._channel_id = recording.channel_id
        self._live_id = recording.live_id
        self._feed = Feed(session, self._platform, recording.channel_id, recording.max_height, ports.clock, pace)
        self._fetcher = SegmentFetcher(session, pace)
        self._holding = Holding(ports, recording, pace.renew_every_s, self._now_s(), on_start)
        source = Source(ports.store, recording.prefix, self._still_ours)
        self._books = Bookkeeping(Ledger(ports.store, recording.prefix, self._still_ours), source)
        self._shelf = Shelf(ports.store, recording, source, ports.clock, workshop, pace)
        self._lines = Lines(ports.store, recording.prefix, self._shelf.last)
        self._end = EndWatch(pace, self._now_s())
        self._refusals = 0
        self._is_full_at = recording.opened_at + ports.settings.max_length
        self.following: Recording | None = None
        self._trouble: str | None = None
        self._target_duration_s = _USUAL_TARGET_DURATION_S
        self._poll_from_s = self._now_s()

    def run(self) -> Ending:
        try:
            while not (ending := self._ending):
                self._try(self._poll)
                self._try(self._remember_session)
                self._receive(self._poll_from_s - self._now_s())
                self._try(self._store)
                self._try(self._watch_the_end)
                self._try(self._keep_hold)
            self._drain()
            self._outlast()
            self._insist(self._write)
            self._try(self._tell)
            return self._leave(ending)
        except LeaseLost as error:
            _logger.info("another generation goes on: %s", error)
            self._drain()
            return Ending.LEASE_LOST

    def close(self) -> None:
        self._fetcher.close()
        self._shelf.close()

    def _try(self, step: Callable[[], object]) -> bool:
        """Whether it went well. What fails outside is tried again: a recorder that restarts would miss more."""
        try:
            step()
        except LeaseLost:
            raise
        except Exception as error:  # noqa: BLE001 -- the next round tries it again
            self._trouble = safe_text(error)
            _logger.warning("tried again: %s", self._trouble)
            return False
        self._trouble = None
        return True

    def _poll(self) -> None:
        """If it is time: the source's window, and what is new in it."""
        if self._now_s() < self._poll_from_s:
            return
        self._poll_again_after(self._pace.poll_every)
        if self._fetcher.is_denied.is_set():
            self._fetcher.is_denied.clear()
            self._feed.distrust()
        window = self._feed.poll()
        if window is None:
            return
        self._refusals = 0
        self._target_duration_s = window.target_duration_s
        entered = self._lines.enter(window, self._feed.why_unseen)
        if entered is None:
            return
        epoch, wanted = entered
        self._fetcher.show(epoch, window, self._feed.headers)
        self._fetcher.ask(epoch, wanted)
        if wanted:
            self._end.moved(self._now_s())
            self._poll_again_after(self._pace.poll_after_news)
        self._end.source_ended = window.ended

    def _poll_again_after(self, target_durations: float) -> None:
        self._poll_from_s = self._now_s() + min(self._target_duration_s * target_durations, _LONGEST_POLL_S)

    def _remember_session(self) -> None:
        live_id = self._feed.live_id
        if live_id and live_id != self._live_id:
            self._still_ours()  # a recorder that was gone for long must not claim the session for an old recording
            recording = self._holding.recording
            remember_session(self._ports, live_id, recording.streamer_id, recording.recording_id)
            self._live_id = live_id

    def _receive(self, timeout_s: float) -> None:
        """Wait for the first arrival and take all that are there."""
        try:
            wait_s = min(max(0.0, timeout_s), _LONGEST_WAIT_S)
            self._lines.arrive(self._fetcher.arrivals.get(timeout=wait_s))
            while True:
                self._lines.arrive(self._fetcher.arrivals.get_nowait())
        except queue.Empty:
            return

    def _store(self) -> None:
        self._hand_over()
        if self._list():
            self._holding.stored()
        self._shelf.write(self._now_s())
        if self._books.has_news:
            self._books.write(self._recording)

    def _hand_over(self, *, flush: bool = False) -> None:
        bundles, losses = self._lines.take(flush=flush, at_end=flush and self._end.is_over)
        self._books.note(losses)
        self._books.expect(bundles)
        self._shelf.keep(bundles)

    def _list(self) -> bool:
        """A bundle's target covers the longest that its source may list: each up to half a second above its own."""
        has_listed = self._shelf.list_stored((self._target_duration_s + 0.5) * self._lines.bundle_size)
        self._books.note(self._shelf.losses())
        return has_listed

    def _watch_the_end(self) -> None:
        """Ask where the source stands still, or where nothing could be stored for as long as a lease is renewed."""
        now_s = self._now_s()
        lacks_news = self._end.may_ask(now_s) and self._holding.lacks_news(now_s)
        if not (lacks_news or self._end.should_ask(now_s)):
            return
        probe = self._probe()
        self._end.answered(probe, self._now_s())
        if isinstance(probe, Live):
            self._holding.confirmed()
            self._refusals += 1 if self._feed.refusal else 0
            if self._end.is_stale(now_s):
                self._feed.distrust()

    def _probe(self) -> Probe:
        try:
            return self._platform.probe(self._channel_id)
        except PlatformError as error:
            _logger.warning("the platform does not say whether the stream is over: %s", error)
            return ProbeFailed(str(error))
        except Exception as error:  # noqa: BLE001 -- a question that broke off says nothing about the stream
            _logger.warning("the platform cannot be asked: %s", kind_and_place(error))
            return ProbeFailed(type(error).__name__)

    def _keep_hold(self) -> None:
        self._holding.keep(self._progress, self._now_s())

    def _still_ours(self) -> None:
        self._holding.renew(self._progress)

    @property
    def _refusal(self) -> str | None:
        """Why the stream may not be recorded, if it may not: its first bytes said so, or its source again and again.

        Once something of it was recorded, what cannot be is an insertion that passes.
        """
        by_its_bytes = None if self._shelf.has_stored else self._shelf.refusal
        return by_its_bytes or (self._feed.refusal if self._refusals >= _REFUSALS else None)

    @property
    def _ending(self) -> Ending | None:
        """Why to leave now; None while there is no reason."""
        if self._end.is_over:
            return Ending.OVER
        if self._refusal:
            return Ending.REFUSED
        if self._stop.is_set():
            return Ending.STOPPED
        return Ending.FULL if self._ports.clock() >= self._is_full_at else None

    @property
    def _is_last(self) -> bool:
        """Whether no other recorder comes after this one."""
        return self._ending in (Ending.OVER, Ending.FULL)

    @property
    def _recording(self) -> Recording:
        return replace(self._holding.recording, **self._progress)

    @property
    def _progress(self) -> RecordingChanges:
        """The counts; and while nothing is stored, what is in the way of it, as far as that is known."""
        progress = self._shelf.progress | self._books.sums
        trouble = self._trouble or self._shelf.trouble or self._feed.trouble or self._fetcher.trouble
        return progress if self._shelf.has_stored or not trouble else progress | RecordingChanges(problem=trouble)

    def _drain(self) -> None:
        """Take in what is on its way, then have all of it stored, also the begun bundle."""
        until_s = self._now_s() + self._pace.drain_s
        while self._lines.in_flight and self._now_s() < until_s:
            self._receive(self._pace.retry_s)
        self._hand_over(flush=True)
        self._shelf.wait(self._pace.drain_s)

    def _outlast(self) -> None:
        """At a recording's end what the store has not taken would wait for nobody: hold on until it is well again."""
        until_s = self._now_s() + self._pace.outlast_s
        while self._is_last and self._shelf.is_waiting and not self._stop.is_set() and self._now_s() < until_s:
            self._shelf.wait(self._pace.stale_s)
            self._try(self._list)
            self._holding.confirmed()
            self._try(self._keep_hold)

    def _insist(self, step: Callable[[], object]) -> None:
        """Nobody comes after the last round: what fails is tried again for a while."""
        until_s = self._now_s() + self._pace.drain_s
        while not self._try(step) and self._now_s() < until_s:
            self._receive(self._pace.retry_s)

    def _write(self) -> None:
        self._list()
        self._shelf.write(self._now_s(), at_once=True)

    def _tell(self) -> None:
        self._books.close(self._recording, self._lines.left())

    def _leave(self, ending: Ending) -> Ending:
        if ending is Ending.FULL:
            self.following = begin_next_part(self._ports, self._holding.recording, self._progress)
            return ending
        ended_at = self._ports.clock() if ending is Ending.OVER else None
        problem = self._refusal if ending is Ending.REFUSED else None
        leave_recording(self._ports, self._holding.recording, self._progress, ended_at, problem)
        return ending
