"""The source of a row on loopback: real media, real faults, and a time of its own.

Any HLS client can use it: `new_url()` is what a platform's page would lead to. Time begins with the first request.
"""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from threading import Event, Lock
from types import TracebackType
from typing import Self

from tests.faults.answers import FORBIDDEN, NOT_FOUND, Answer, faulty
from tests.faults.broadcast import BEGAN_AT, Entry
from tests.faults.clock import SourceClock
from tests.faults.connection import serve
from tests.faults.faults import Asked, Fault, Manner
from tests.faults.loopback import LoopbackPort
from tests.faults.playlists import init_name, render_playlist, segment_name
from tests.faults.row import Chance, Goodbye, Row
from tests.faults.takes import Container, take_of

_PLAYLIST = "media.m3u8"
_PAGE = "/page"
_PLAYLIST_TYPE = "application/vnd.apple.mpegurl"


class Origin:
    """`scale` source seconds pass in each of ours. `patience_s`: how long time waits for a client that is late."""

    def __init__(self, row: Row, container: Container, scale: float, patience_s: float) -> None:
        self.row = row
        self.container = container
        self.clock = SourceClock(scale, patience_s, self)
        self.stopping = Event()
        self.requests: Counter[str] = Counter()
        self._lock = Lock()
        self._port = LoopbackPort(lambda connection: serve(connection, self))
        self._spared_port = LoopbackPort(lambda connection: serve(connection, self.spared))
        self._tokens: list[float] = []
        self._met: Counter[Fault] = Counter()
        self._served: set[int] = set()
        self._is_had: Callable[[Entry], bool] = lambda entry: entry.position in self._served

    def __enter__(self) -> Self:
        for encoding in self.row.broadcast.encodings:
            take_of(encoding, self.container)
        self._port.open()
        self._spared_port.open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.stopping.set()
        self.clock.stop()
        self._port.release()
        self._spared_port.release()

    @property
    def spared(self) -> "Spared":
        """The same source, for a client that nothing goes wrong for."""
        return Spared(self)

    @property
    def title(self) -> str:
        return self.row.name

    @property
    def now_s(self) -> float:
        return self.clock.now_s

    @property
    def page_url(self) -> str:
        """Where another process sees all this: `page.Page`."""
        return f"http://127.0.0.1:{self._port.number}{_PAGE}"

    @property
    def is_over(self) -> bool:
        """What the platform says: the stream has ended."""
        return self.clock.now_s >= self.row.over_at_s

    @property
    def urls(self) -> int:
        """How many were given out."""
        return len(self._tokens)

    def new_url(self) -> str:
        """The media playlist's URL with a token that is new. It is relative to the token that segments are found."""
        return self._new_url(self._port)

    def new_spared_url(self) -> str:
        return self._new_url(self._spared_port)

    def _new_url(self, port: LoopbackPort) -> str:
        now_s = self.clock.now_s
        with self._lock:
            self._tokens.append(now_s)
            number = len(self._tokens) - 1
        lives_s = self.row.token_lives_s
        expiry = BEGAN_AT + timedelta(seconds=now_s + lives_s) if lives_s else None
        signature = f"token={number}" + (f"~exp={expiry.timestamp():.0f}" if expiry else "")
        return f"http://127.0.0.1:{port.number}/{signature}/{_PLAYLIST}"

    def owe_until(self, is_had: Callable[[Entry], bool]) -> None:
        """The client has a segment only when this says so: one that was served may be lost with it."""
        self._is_had = is_had

    def is_owed(self, now_s: float, next_s: float) -> bool:
        return any(
            now_s <= chance.last_s < next_s and not self._is_had(self.row.broadcast.entries[position])
            for position, chance in self._chances.items()
        )

    def moved(self, now_s: float) -> None:
        if any(fault.manner is Manner.GONE and fault.is_on(now_s) for fault in self.row.faults):
            self._port.close()
        else:
            self._port.open()

    def answer(self, path: str) -> Answer:
        """To a request for this path, now."""
        return self.answer_of(self.row, path)

    def answer_of(self, row: Row, path: str) -> Answer:
        """As the row has it."""
        if path == _PAGE:
            return self._page()
        self.clock.start()
        now_s = self.clock.now_s
        signature, _, name = path.strip("/").partition("/")
        self.requests[name] += 1
        if not self._is_valid(row, signature, now_s):
            return FORBIDDEN
        if name == _PLAYLIST:
            return self._answer_to(row, Asked.PLAYLIST, None, self._playlist(row, now_s), now_s)
        if name.startswith("init-"):
            return self._init(row, name, now_s)
        return self._segment(row, name, now_s)

    def served(self, answer: Answer) -> None:
        """All of it has been sent."""
        if answer.position is not None:
            self._served.add(answer.position)

    @cached_property
    def _chances(self) -> dict[int, Chance]:
        row = self.row.as_recorded
        chances = ((entry.position, row.chance(entry, self.container)) for entry in row.kept_once)
        return {position: chance for position, chance in chances if chance}

    def _page(self) -> Answer:
        facts = {"title": self.title, "now_s": self.now_s, "is_over": self.is_over, "playback_url": self.new_url()}
        return Answer(json.dumps(facts).encode(), "application/json")

    def _is_valid(self, row: Row, signature: str, now_s: float) -> bool:
        issued_s = self._tokens[int(signature.removeprefix("token=").partition("~")[0])]
        expired = [f for f in row.faults if f.manner is Manner.EXPIRED and f.begins_s <= now_s]
        lives_s = row.token_lives_s
        is_old = lives_s is not None and now_s >= issued_s + lives_s
        return not is_old and all(issued_s >= fault.begins_s for fault in expired)

    def _answer_to(self, row: Row, asked: Asked, position: int | None, true: Answer, now_s: float) -> Answer:
        for fault in row.faults:
            if fault.is_on(now_s) and fault.meets(asked, position):
                with self._lock:
                    times = self._met[fault]
                    self._met[fault] += 1
                if times < fault.times:
                    return faulty(true, fault, times)
        return true

    def _playlist(self, row: Row, now_s: float) -> Answer:
        listed = row.shown(now_s)
        if not listed:
            return NOT_FOUND
        misnumbered = any(f.manner is Manner.MISNUMBERED and f.is_on(now_s) for f in row.faults)
        text = render_playlist(
            listed,
            self.container,
            sequence=listed[0].sequence - misnumbered,
            dated=row.dated,
            ended=self.is_over and row.goodbye is Goodbye.ENDLIST,
        )
        return Answer(text.encode(), _PLAYLIST_TYPE)

    def _init(self, row: Row, name: str, now_s: float) -> Answer:
        for entry in reversed(row.window(now_s)):
            if init_name(entry) == name:
                number = row.broadcast.encodings.index(entry.encoding)
                true = Answer(take_of(entry.encoding, self.container).init, "video/mp4")
                return self._answer_to(row, Asked.INIT, number, true, now_s)
        return NOT_FOUND

    def _segment(self, row: Row, name: str, now_s: float) -> Answer:
        entry = self._entry(name, now_s)
        if entry is None or entry.stretch.gap:
            return NOT_FOUND
        true = Answer(entry.piece(self.container).body, "video/mp2t", position=entry.position)
        return self._answer_to(row, Asked.SEGMENT, entry.position, true, now_s)

    def _entry(self, name: str, now_s: float) -> Entry | None:
        found = (e for e in self.row.window(now_s) if segment_name(e, self.container) == name)
        return next(found, None)


@dataclass(frozen=True)
class Spared:
    """An origin for a client that nothing goes wrong for, who comes by a port of its own."""

    origin: Origin

    @property
    def stopping(self) -> Event:
        return self.origin.stopping

    @property
    def title(self) -> str:
        return self.origin.title

    @property
    def now_s(self) -> float:
        return self.origin.now_s

    @property
    def is_over(self) -> bool:
        return self.origin.is_over

    def new_url(self) -> str:
        return self.origin.new_spared_url()

    def answer(self, path: str) -> Answer:
        return self.origin.answer_of(self.origin.row.spared, path)

    def served(self, answer: Answer) -> None:
        self.origin.served(answer)
