"""One generation of one recording, from the source's first listed segment to the end of the stream."""

import logging
import queue
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from enum import StrEnum

import requests

from mntreamer.domain.errors import LeaseLost, NotFound, PlatformError
from mntreamer.domain.probe import Live, Probe, ProbeFailed
from mntreamer.domain.recording import Recording
from mntreamer.ports import Ports
from mntreamer.public_http import public_session
from mntreamer.recorder.ending import EndWatch
from mntreamer.recorder.feed import Feed
from mntreamer.recorder.fetch import SegmentFetcher
from mntreamer.recorder.lines import Lines
from mntreamer.recorder.pace import Pace
from mntreamer.recorder.shelf import Shelf
from mntreamer.usecases.expect_recording import remember_session
from mntreamer.usecases.extend_source import Source
from mntreamer.usecases.leave_recording import leave_recording
from mntreamer.usecases.renew_lease import renew_lease

_logger = logging.getLogger(__name__)
_USUAL_TARGET_DURATION_S = 2.0


class Ending(StrEnum):
    """Why a recorder left."""

    OVER = "over"
    STOPPED = "stopped"
    LEASE_LOST = "lease lost"


def record(
    ports: Ports, recording_id: str, generation: int, stop: threading.Event, pace: Pace | None = None
) -> Ending:
    """Record until the stream is over, `stop` is set or another generation holds the lease.

    Whatever else is raised ends this recorder; the lease then runs out and the next generation goes on from what
    is stored. Raises NotFound for a recording that does not exist.
    """
    recording = ports.recordings.get(recording_id)
    if recording is None:
        raise NotFound(f"there is no recording {recording_id}")
    if recording.generation != generation:
        return Ending.LEASE_LOST
    with ExitStack() as left:
        session = left.enter_context(public_session(ports.settings.allowed_hosts))
        recorder = Recorder(ports, recording, session, stop, pace or Pace())
        left.callback(recorder.close)
        try:
            return recorder.run()
        except LeaseLost as error:
            _logger.info("another generation goes on: %s", error)
            return Ending.LEASE_LOST


class Recorder:
    """Polls the source, has segments fetched, bundles stored and the lease renewed; one thread decides it all."""

    def __init__(
        self,
        ports: Ports,
        recording: Recording,
        session: requests.Session,
        stop: threading.Event,
        pace: Pace,
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._ports = ports
        self._recording = recording
        self._stop = stop
        self._pace = pace
        self._now_s = now_s
        platform = ports.platforms[recording.platform]
        self._platform = platform
        self._feed = Feed(session, platform, recording.channel_id, recording.max_height, ports.clock, pace)
        self._fetcher = SegmentFetcher(session, pace)
        source = Source(ports.store, recording.prefix, self._still_ours)
        found = source.resume()
        last = source.facts_of(source.last) if source.last else None
        self._lines = Lines(ports.store, recording.prefix, last)
        self._shelf = Shelf(ports.store, recording, source, ports.clock, has_news=found)
        self._end = EndWatch(pace, now_s())
        self._target_duration_s = _USUAL_TARGET_DURATION_S
        self._poll_at_s = now_s()
        self._renew_at_s = now_s()
        self._has_news = False
        self._live_id = recording.live_id

    def run(self) -> Ending:
        while not (self._end.is_over or self._stop.is_set()):
            self._poll()
            self._receive(timeout_s=max(0.0, self._poll_at_s - self._now_s()))
            self._store()
            self._watch_the_end()
            self._renew()
        self._drain()
        return self._leave()

    def close(self) -> None:
        self._fetcher.close()
        self._shelf.close()

    def _poll(self) -> None:
        """If it is time: the source's window, and what is new in it."""
        if self._now_s() < self._poll_at_s:
            return
        self._poll_at_s = self._now_s() + self._target_duration_s * self._pace.poll_every
        window = self._feed.poll()
        if window is None or self._feed.live_id is None:
            return
        if self._feed.live_id != self._live_id:
            self._live_id = self._feed.live_id
            remember_session(self._ports, self._live_id, self._recording.streamer_id, self._recording.recording_id)
        self._target_duration_s = window.target_duration_s
        epoch, wanted = self._lines.enter(window, self._feed.live_id)
        self._fetcher.show(epoch, window, self._feed.headers)
        self._fetcher.ask(epoch, wanted)
        if wanted:
            self._end.moved(self._now_s())
        self._end.source_ended = window.ended

    def _receive(self, timeout_s: float) -> None:
        """Wait for the first arrival and take all that are there."""
        try:
            self._lines.arrive(self._fetcher.arrivals.get(timeout=timeout_s))
            while True:
                self._lines.arrive(self._fetcher.arrivals.get_nowait())
        except queue.Empty:
            return

    def _store(self, *, flush: bool = False) -> None:
        bundles, lost = self._lines.take(flush=flush)
        if lost:
            _logger.warning("%d source segments are lost", lost)
        self._shelf.keep(bundles, lost)
        if self._shelf.list_stored(self._target_duration_s):
            self._has_news = True
        self._shelf.write(self._now_s())

    def _watch_the_end(self) -> None:
        if not self._end.should_ask(self._now_s()):
            return
        probe = self._probe()
        self._end.answered(probe, self._now_s())
        if isinstance(probe, Live):
            self._has_news = True
            self._feed.distrust()

    def _probe(self) -> Probe:
        try:
            return self._platform.probe(self._recording.channel_id)
        except PlatformError as error:
            _logger.warning("the platform does not say whether the stream is over: %s", error)
            return ProbeFailed(str(error))

    def _renew(self) -> None:
        """Only with something to show for it: a stored segment, or the platform's word that the stream is on."""
        if self._has_news and self._now_s() >= self._renew_at_s:
            self._still_ours()
            self._has_news = False
            self._renew_at_s = self._now_s() + self._pace.renew_every_s

    def _still_ours(self) -> None:
        self._recording = renew_lease(self._ports, self._recording, self._shelf.progress)

    def _drain(self) -> None:
        """Take in what is on its way, store the begun bundle, list and write all of it."""
        until_s = self._now_s() + self._pace.drain_s
        while self._lines.in_flight and self._now_s() < until_s:
            self._receive(timeout_s=self._pace.retry_s)
        self._store(flush=True)
        self._shelf.wait(until_s - self._now_s())
        self._shelf.list_stored(self._target_duration_s)
        self._shelf.write(self._now_s(), at_once=True)

    def _leave(self) -> Ending:
        ended_at = self._ports.clock() if self._end.is_over else None
        leave_recording(self._ports, self._recording, self._shelf.progress, ended_at)
        return Ending.OVER if self._end.is_over else Ending.STOPPED
