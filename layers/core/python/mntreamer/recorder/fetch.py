"""Source segments are fetched in parallel, each one again and again until it has left the source's window."""

import logging
import queue
import random
import threading
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http import HTTPStatus

import requests

from mntreamer.domain.bundling import Fetched
from mntreamer.domain.errors import NotFetched, SourceError
from mntreamer.domain.media_body import fault_in
from mntreamer.domain.window import SourceSegment, Window
from mntreamer.public_http.whole_answer import get_whole
from mntreamer.recorder.pace import Pace
from mntreamer.recorder.upstream import Headers

_AT_ONCE = 8
_KEPT_INITS = 8
_LARGEST_BYTES = 100_000_000
# Far longer than a segment takes on any link that keeps up: eight at once share it. A stall ends much sooner.
_LONGEST_S = 60.0
_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Arrival:
    """What became of a source segment; `fetched` is None if it is lost."""

    epoch: int
    sequence: int
    fetched: Fetched | None


class SegmentFetcher:
    """Arrivals come in `arrivals`, in any order, one for each segment that was asked for.

    `trouble` is what kept the last one from coming that did not.
    """

    def __init__(self, session: requests.Session, pace: Pace) -> None:
        self.arrivals: queue.Queue[Arrival] = queue.Queue()
        self.trouble: str | None = None
        self._session = session
        self._pace = pace
        self._headers: Headers = ()
        self._listed: dict[tuple[int, int], SourceSegment] = {}
        self._inits: dict[tuple[int, str], bytes] = {}
        self._closed = threading.Event()
        self._pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="fetch")

    def show(self, epoch: int, window: Window, headers: Headers) -> None:
        """The newest window: where its segments are now, and what lies before it and is given up.

        A segment behind its end was listed before, by a faster edge of the source's network, and is still there.
        """
        behind = {key: s for key, s in self._listed.items() if key >= (epoch, window.first)}
        self._headers = headers
        self._listed = behind | {(epoch, segment.sequence): segment for segment in window.segments}

    def ask(self, epoch: int, segments: Iterable[SourceSegment]) -> None:
        for segment in segments:
            self._pool.submit(self._fetch, epoch, segment)

    def close(self) -> None:
        """Give up what is still being fetched."""
        self._closed.set()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _fetch(self, epoch: int, segment: SourceSegment) -> None:
        wait_s = self._pace.retry_s
        while True:
            listed = self._listed.get((epoch, segment.sequence))
            fetched = self._try(epoch, listed or segment)
            jitter = random.uniform(0.5, 1.5)  # noqa: S311 -- spreads requests, keeps no secret
            if fetched or listed is None or self._closed.wait(wait_s * jitter):
                self.arrivals.put(Arrival(epoch, segment.sequence, fetched))
                return
            wait_s = min(wait_s * 2, self._pace.retry_longest_s)

    def _try(self, epoch: int, segment: SourceSegment) -> Fetched | None:
        try:
            init = self._init(epoch, segment.init_url) if segment.init_url else b""
            return Fetched(segment, self._media(segment.url, is_fmp4=bool(init)), init)
        except (SourceError, NotFetched) as error:
            self._note(segment, str(error))
        except Exception as error:  # noqa: BLE001 -- whatever it was, it is asked for again; the text may hold its URL
            self._note(segment, type(error).__name__)
        return None

    def _note(self, segment: SourceSegment, why: str) -> None:
        self.trouble = f"source segment {segment.sequence} did not come: {why}"
        _logger.info("%s", self.trouble)

    def _init(self, epoch: int, url: str) -> bytes:
        """Each epoch's own: a source that starts anew may have another under the same URL."""
        if (epoch, url) not in self._inits:
            body = self._body(url)
            newest = list(self._inits.items())[-_KEPT_INITS:]
            self._inits = dict(newest) | {(epoch, url): body}
        return self._inits[epoch, url]

    def _media(self, url: str, *, is_fmp4: bool) -> bytes:
        body = self._body(url)
        if fault := fault_in(body, is_fmp4=is_fmp4):
            raise SourceError(fault)
        return body

    def _body(self, url: str) -> bytes:
        headers = dict(self._headers)
        answer = get_whole(self._session, url, headers, max_bytes=_LARGEST_BYTES, within_s=_LONGEST_S)
        if answer.status != HTTPStatus.OK:
            raise SourceError(f"HTTP {answer.status}")
        return answer.body
