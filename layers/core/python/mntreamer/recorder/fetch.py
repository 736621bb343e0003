"""Source segments are fetched in parallel, each one again and again until it has left the source's window."""

import logging
import queue
import random
import threading
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import requests

from mntreamer.domain.bundling import Fetched
from mntreamer.domain.errors import ForbiddenAddress, SourceError
from mntreamer.domain.window import SourceSegment, Window
from mntreamer.recorder.pace import Pace
from mntreamer.recorder.upstream import Headers

_AT_ONCE = 8
_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Arrival:
    """What became of a source segment: fetched, or lost for a reason."""

    epoch: int
    sequence: int
    fetched: Fetched | None
    cause: str = ""


class SegmentFetcher:
    """Arrivals come in `arrivals`, in any order, one for each segment that was asked for."""

    def __init__(self, session: requests.Session, pace: Pace) -> None:
        self.arrivals: queue.Queue[Arrival] = queue.Queue()
        self._session = session
        self._pace = pace
        self._headers: Headers = ()
        self._listed: dict[tuple[int, int], SourceSegment] = {}
        self._inits: dict[str, bytes] = {}
        self._closed = threading.Event()
        self._pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="fetch")

    def show(self, epoch: int, window: Window, headers: Headers) -> None:
        """The newest window: where its segments are now. What it no longer lists is given up."""
        self._headers = headers
        self._listed = {(epoch, segment.sequence): segment for segment in window.segments}

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
            try:
                fetched = self._get(listed or segment)
            except SourceError as error:
                _logger.info("source segment %d did not come: %s", segment.sequence, error)
                cause = str(error)
            else:
                self.arrivals.put(Arrival(epoch, segment.sequence, fetched))
                return
            if listed is None or self._closed.wait(wait_s * random.uniform(0.5, 1.5)):  # noqa: S311 -- jitter
                self.arrivals.put(Arrival(epoch, segment.sequence, None, cause))
                return
            wait_s = min(wait_s * 2, self._pace.retry_longest_s)

    def _get(self, segment: SourceSegment) -> Fetched:
        init = self._init(segment.init_url) if segment.init_url else b""
        return Fetched(segment, self._body(segment.url), init)

    def _init(self, url: str) -> bytes:
        if url not in self._inits:
            self._inits[url] = self._body(url)
        return self._inits[url]

    def _body(self, url: str) -> bytes:
        """The whole body, or SourceError. What requests raises holds the signed URL: it ends here."""
        try:
            response = self._session.get(url, headers=dict(self._headers))
            response.raise_for_status()
        except requests.HTTPError as error:
            raise SourceError(f"HTTP {error.response.status_code}") from None
        except (requests.RequestException, ForbiddenAddress) as error:
            raise SourceError(type(error).__name__) from None
        return _whole(response)


def _whole(response: requests.Response) -> bytes:
    body = response.content
    announced = response.headers.get("Content-Length")
    if announced and "Content-Encoding" not in response.headers and int(announced) != len(body):
        raise SourceError(f"{len(body)} of {announced} bytes")
    if not body or body.lstrip()[:1] == b"<":
        raise SourceError("an empty or an HTML body")
    return body
