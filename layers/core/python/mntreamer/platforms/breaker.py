"""A platform that asked us to stay away is left alone until it may be asked again."""

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock
from typing import TypeVar

from mntreamer.domain.errors import NotFound, NotPlayable, PlatformBlocked
from mntreamer.domain.probe import Channel, Playback, Probe
from mntreamer.domain.times import to_iso
from mntreamer.ports import Clock, Platform

_LONGEST_PAUSE_MIN = 60

T = TypeVar("T")


class Breaker:
    """The port Platform around another one. Threads may share it.

    Once a call is answered with PlatformBlocked, every call raises it without asking, with the time that is left,
    until the pause is over: as long as the platform asked for, and at least 1, 2, 4 … 60 minutes, doubled with every
    block in a row. Then one call at a time goes through: an answer lets all through again, a block begins the next
    pause. Calls that were under way when the pause began neither end nor widen it.

    It knows of this process only: each process finds out for itself that a platform blocks.
    """

    def __init__(self, platform: Platform, clock: Clock) -> None:
        self._platform = platform
        self._clock = clock
        self._lock = Lock()
        self._blocks = 0  # in a row; with any, only a trial is under way
        self._paused_until = clock()
        self._on_trial = False
        self._reason = ""

    @property
    def name(self) -> str:
        return self._platform.name

    @property
    def title(self) -> str:
        return self._platform.title

    @property
    def utc_offset_s(self) -> int:
        return self._platform.utc_offset_s

    def channel_id_in(self, url: str) -> str:
        return self._platform.channel_id_in(url)

    def channel(self, channel_id: str) -> Channel:
        return self._ask(lambda: self._platform.channel(channel_id))

    def search(self, nickname: str) -> list[Channel]:
        return self._ask(lambda: self._platform.search(nickname))

    def probe(self, channel_id: str) -> Probe:
        return self._ask(lambda: self._platform.probe(channel_id))

    def playback(self, channel_id: str) -> Playback:
        return self._ask(lambda: self._platform.playback(channel_id))

    def _ask(self, call: Callable[[], T]) -> T:
        blocks = self._let_through()
        try:
            answer = call()
        except PlatformBlocked as blocked:
            raise self._blocked(blocks, blocked) from None
        except (NotFound, NotPlayable):
            self._answered(blocks)
            raise
        else:
            self._answered(blocks)
            return answer
        finally:
            self._end_trial(blocks)

    def _let_through(self) -> int:
        """The blocks in a row so far; PlatformBlocked where there are some and this call is not to be the trial."""
        with self._lock:
            now = self._clock()
            if self._blocks and (self._on_trial or now < self._paused_until):
                raise self._refusal(now)
            self._on_trial = bool(self._blocks)
            return self._blocks

    def _blocked(self, blocks: int, blocked: PlatformBlocked) -> PlatformBlocked:
        with self._lock:
            now = self._clock()
            if blocks == self._blocks:
                self._blocks += 1
            pause = _pause(self._blocks, blocked.retry_after_s)
            self._paused_until = max(self._paused_until, now + pause)
            self._reason = str(blocked)
            return self._refusal(now)

    def _answered(self, blocks: int) -> None:
        with self._lock:
            if blocks == self._blocks:
                self._blocks = 0

    def _end_trial(self, blocks: int) -> None:
        with self._lock:
            if blocks:
                self._on_trial = False

    def _refusal(self, now: datetime) -> PlatformBlocked:
        left_s = max(0.0, (self._paused_until - now).total_seconds())
        return PlatformBlocked(f"{self._reason}; not asked again before {to_iso(self._paused_until)}", left_s)


def _pause(blocks: int, retry_after_s: float | None) -> timedelta:
    widening = timedelta(minutes=min(2 ** (blocks - 1), _LONGEST_PAUSE_MIN))
    return max(widening, timedelta(seconds=retry_after_s or 0.0))
