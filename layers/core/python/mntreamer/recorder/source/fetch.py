"""Source segments are fetched in parallel, each one again and again until it has left the source's window."""

import logging
import queue
import random
import threading
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import requests

from mntreamer.domain.errors import NotFetched, SourceError
from mntreamer.domain.problem_code import ProblemCode
from mntreamer.domain.reason import Reason
from mntreamer.domain.segments.bundling import Fetched
from mntreamer.domain.segments.window import SourceSegment, Window
from mntreamer.recorder.pace import Pace
from mntreamer.recorder.pool import Pool
from mntreamer.recorder.source.download import Download, Start
from mntreamer.recorder.source.upstream import Headers

# Each segment of a window has a thread that asks for it again and again; so many are really under way at a time.
_THREADS = 16
_AT_ONCE = 4
# In a long window a segment that never comes would hold up all behind it: once so many others came meanwhile, and it
# was tried so often, it is given up.
_OVERTAKEN = 64
_TRIES = 12
_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Arrival:
    """What became of a source segment. `fetched` is None if it is lost; `why` then says what was in the way.

    `line` is the number of its line in the recorder: it is fetched before its epoch may be known.
    """

    line: int
    sequence: int
    fetched: Fetched | None
    why: str


class SegmentFetcher:
    """Arrivals come in `arrivals`, in any order, one for each segment that was asked for.

    `trouble` is what kept the last one from coming that did not. `is_denied` is set by answers that say that a
    segment is not to be had under its URL: another playback URL may lead to one under which it is.
    """

    def __init__(self, session: requests.Session, pace: Pace) -> None:
        self.arrivals: queue.Queue[Arrival] = queue.Queue()
        self.trouble: Reason | None = None
        self._download = Download(session, _AT_ONCE)
        self.is_denied = self._download.is_denied
        self._pace = pace
        self._listed: dict[tuple[int, int], SourceSegment] = {}
        self._discontinuities = 0
        self._came = 0
        self._closed = threading.Event()
        self._pool = Pool(_THREADS, "fetch")

    def show(self, line: int, window: Window, headers: Headers) -> None:
        """The newest window: where its segments are now, and what lies before it and is given up.

        A segment behind its end was listed before, by a faster edge of the source's network, and is still there.
        """
        behind = {key: s for key, s in self._listed.items() if key >= (line, window.first)}
        self._download.headers = headers
        self._listed = behind | {(line, segment.sequence): segment for segment in window.segments}

    def ask(self, line: int, segments: Iterable[SourceSegment]) -> None:
        for segment in segments:
            self._discontinuities += segment.discontinuity
            self._submit((line, self._discontinuities), segment)

    def close(self) -> None:
        """Give up what is still being fetched."""
        self._closed.set()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _fetch(self, start: Start, segment: SourceSegment, tries: int = 0, overtaken_at: int | None = None) -> None:
        """One try; the next one waits behind what else there is to fetch, so that a hopeless one keeps no thread."""
        overtaken_at = overtaken_at or self._came + _OVERTAKEN
        listed = self._listed.get((start[0], segment.sequence))
        arrival = self._try(start, listed or segment)
        is_hopeless = listed is None or (tries >= _TRIES and self._came >= overtaken_at)
        if arrival.fetched or is_hopeless or self._closed.wait(self._wait_s(tries)):
            self._came += arrival.fetched is not None
            self.arrivals.put(arrival)
        else:
            self._submit(start, segment, tries + 1, overtaken_at)

    def _wait_s(self, tries: int) -> float:
        jitter = random.uniform(0.5, 1.5)  # noqa: S311 -- spreads requests, keeps no secret
        return min(self._pace.retry_s * (1 << min(tries, 10)), self._pace.retry_longest_s) * jitter

    def _submit(self, *work: Any) -> None:
        with suppress(RuntimeError):  # the recorder leaves: nobody waits for it any more
            self._pool.submit(self._fetch, *work)

    def _try(self, start: Start, segment: SourceSegment) -> Arrival:
        try:
            fetched = self._download.fetched(start, segment)
        except (SourceError, NotFetched) as error:
            why = str(error)
        except Exception as error:  # noqa: BLE001 -- whatever it was, it is asked for again; the text may hold its URL
            why = type(error).__name__
        else:
            return Arrival(start[0], segment.sequence, fetched, "")
        text = f"source segment {segment.sequence} did not come: {why}"
        self.trouble = Reason(text, ProblemCode.SEGMENT_MISSING, sequence=segment.sequence, why=why)
        _logger.info("%s", self.trouble)
        return Arrival(start[0], segment.sequence, None, why)
