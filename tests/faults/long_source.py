"""A source that is as fast as its recorder: it goes on once what it lists is fetched, and most of it stored.

Its pictures are tiny, one a second, and there is no sound, so that hours of it take minutes.
"""

import json
from collections.abc import Callable
from fractions import Fraction
from io import BytesIO
from threading import Condition, Event
from types import TracebackType
from typing import Self

import av
import numpy as np

from tests.faults.answers import NOT_FOUND, Answer
from tests.faults.connection import serve
from tests.faults.loopback import LoopbackPort
from tests.faults.takes import SEGMENT_S

_WINDOW = 6
_STEP = 3
_WIDTH, _HEIGHT = 64, 48
_X264 = {"preset": "ultrafast", "tune": "zerolatency", "threads": "1"}
_MPEG_TS = {"max_delay": "0", "avoid_negative_ts": "disabled"}


class LongSource:
    """`count` segments, numbered from 0. `is_stored` says whether a segment is in the store.

    A segment is listed only when the one `lead` before it is stored.
    """

    title = "long"

    def __init__(self, count: int, lead: int, is_stored: Callable[[int], bool]) -> None:
        self.stopping = Event()
        self._count = count
        self._lead = lead
        self._is_stored = is_stored
        self._bodies: dict[int, bytes] = {}
        self._unserved: set[int] = set()
        self._listed = 0
        self._moved = Condition()
        self._port = LoopbackPort(lambda connection: serve(connection, self))

    def __enter__(self) -> Self:
        self._port.open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.stopping.set()
        self._port.release()

    @property
    def now_s(self) -> float:
        return float(self._listed * SEGMENT_S)

    @property
    def is_over(self) -> bool:
        return self._listed >= self._count and not self._unserved

    @property
    def page_url(self) -> str:
        return f"http://127.0.0.1:{self._port.number}/page"

    def new_url(self) -> str:
        return f"http://127.0.0.1:{self._port.number}/media.m3u8"

    def wait_listed(self, count: int, within_s: float) -> bool:
        """Until so many segments have been listed; whether they were in time."""
        with self._moved:
            return self._moved.wait_for(lambda: self._listed >= count, within_s)

    def answer(self, path: str) -> Answer:
        match path.strip("/").rpartition(".")[0]:
            case "":
                facts = {"title": self.title, "now_s": self.now_s, "is_over": self.is_over}
                return Answer(json.dumps(facts | {"playback_url": self.new_url()}).encode())
            case "media":
                return Answer(self._playlist().encode())
            case number:
                body = self._bodies.get(int(number))
                return Answer(body, position=int(number)) if body else NOT_FOUND

    def served(self, answer: Answer) -> None:
        with self._moved:
            self._unserved.discard(-1 if answer.position is None else answer.position)

    def _playlist(self) -> str:
        with self._moved:
            self._go_on()
            numbers = sorted(self._bodies)
        head = ["#EXTM3U", f"#EXT-X-TARGETDURATION:{SEGMENT_S}", f"#EXT-X-MEDIA-SEQUENCE:{numbers[0]}"]
        entries = [line for number in numbers for line in (f"#EXTINF:{SEGMENT_S},", f"{number}.ts")]
        return "\n".join([*head, *entries, *(["#EXT-X-ENDLIST"] if self.is_over else [])]) + "\n"

    def _go_on(self) -> None:
        behind = self._listed - self._lead
        if self._unserved or (behind >= 0 and not self._is_stored(behind)):
            return
        new = range(self._listed, min(self._listed + _STEP, self._count))
        made = self._bodies | {number: _segment(number) for number in new}
        self._bodies = dict(list(made.items())[-_WINDOW:])
        self._unserved.update(new)
        self._listed += len(new)
        self._moved.notify_all()


def _segment(number: int) -> bytes:
    """MPEG-TS, with a key frame in front; its timestamps go on from the one before."""
    body = BytesIO()
    with av.open(body, "w", format="mpegts", options=_MPEG_TS) as packed:
        picture = packed.add_stream("libx264", rate=1, options=_X264)
        picture.width, picture.height, picture.pix_fmt = _WIDTH, _HEIGHT, "yuv420p"
        for second in range(number * SEGMENT_S, (number + 1) * SEGMENT_S):
            packed.mux(picture.encode(_picture(second)))
        packed.mux(picture.encode(None))
    return body.getvalue()


def _picture(second: int) -> av.VideoFrame:
    """Noise, of which a segment has some kilobytes: whoever forgets to let go of them shows it soon."""
    planes = np.random.default_rng(second).integers(16, 235, (_HEIGHT * 3 // 2, _WIDTH), np.uint8)
    frame = av.VideoFrame.from_ndarray(planes, format="yuv420p")
    frame.pts, frame.time_base = second, Fraction(1)
    return frame
