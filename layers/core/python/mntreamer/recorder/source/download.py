"""One source segment is fetched, whole and looked at, with the initialisation section that it needs."""

import threading
from http import HTTPStatus

import requests

from mntreamer.domain.errors import SourceError
from mntreamer.domain.segments.bundling import Fetched
from mntreamer.domain.segments.media_body import fault_in, fault_in_init
from mntreamer.domain.segments.stream_span import span_s
from mntreamer.domain.segments.window import SourceSegment
from mntreamer.public_http.whole_answer import WholeAnswer, get_whole
from mntreamer.recorder.source.upstream import Headers

_KEPT_INITS = 8
_LARGEST_BYTES = 100_000_000
# Far longer than a segment takes on any link that keeps up: four at once share it. A stall ends much sooner.
_LONGEST_S = 60.0
# Sources round what they list, and one picture lasts on behind the last presentation time.
_ROUNDED_S = 0.5
# What seems to be cut short is asked for so often again, and the longest is believed: it may be as short as that.
_DOUBTED = 3
_DENIED = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.GONE)
# Where a source begins anew: its line's number, and the discontinuities that were asked for so far.
Start = tuple[int, int]


class Download:
    """`at_once` requests are under way at the most, all with `headers`; whoever asks for more waits.

    `is_denied` is set by answers that say that a segment is not to be had under its URL.
    """

    def __init__(self, session: requests.Session, at_once: int) -> None:
        self.headers: Headers = ()
        self.is_denied = threading.Event()
        self._session = session
        self._under_way = threading.BoundedSemaphore(at_once)
        self._inits: dict[tuple[Start, str], bytes] = {}

    def fetched(self, start: Start, segment: SourceSegment) -> Fetched:
        """One try. Raises SourceError and NotFetched, whose texts hold no URL."""
        init = self._init(start, segment.init_url) if segment.init_url else b""
        return Fetched(segment, self._media(segment, is_fmp4=bool(init)), init)

    def _init(self, start: Start, url: str) -> bytes:
        """Each start's own: a source that starts anew may have another under the same URL."""
        if (start, url) not in self._inits:
            body = self._answer(url).body
            if fault := fault_in_init(body):
                raise SourceError(fault)
            newest = list(self._inits.items())[-_KEPT_INITS:]
            self._inits = dict(newest) | {(start, url): body}
        return self._inits[start, url]

    def _media(self, segment: SourceSegment, *, is_fmp4: bool) -> bytes:
        answer = self._answer(segment.url)
        if fault := fault_in(answer.body, is_fmp4=is_fmp4):
            raise SourceError(fault)
        if not is_fmp4 and _seems_cut(answer, segment.duration_s):
            others = [self._answer(segment.url).body for _ in range(_DOUBTED)]
            return max([answer.body, *(body for body in others if not fault_in(body, is_fmp4=False))], key=len)
        return answer.body

    def _answer(self, url: str) -> WholeAnswer:
        headers = dict(self.headers)
        with self._under_way:
            answer = get_whole(self._session, url, headers, max_bytes=_LARGEST_BYTES, within_s=_LONGEST_S)
        if answer.status in _DENIED:
            self.is_denied.set()
        if answer.status != HTTPStatus.OK:
            raise SourceError(f"HTTP {answer.status}")
        return answer


def _seems_cut(answer: WholeAnswer, listed_s: float) -> bool:
    """Without a length, a body that breaks off looks whole (RFC 9112, section 8): only its media tells."""
    has_length = "Content-Length" in answer.headers or "Transfer-Encoding" in answer.headers
    return not has_length and span_s(answer.body) < listed_s - _ROUNDED_S
