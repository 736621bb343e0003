"""The remuxer's child processes: each does one request at a time, so that it is known which one it died of."""

import fcntl
import signal
import subprocess
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from time import monotonic
from typing import BinaryIO, cast

from mntreamer.recorder.child.remux_messages import read_message, write_message

# A child that takes so long for one bundle hangs, or has a very large one.
_PATIENCE_S = 2.0
_MOST = 4
_PIPE_BYTES = 1 << 20  # the most that Linux gives everybody: a bundle goes through in a few steps


class ChildDied(Exception):
    """A child ended before it had answered."""


class Child:
    """A running one. A session of its own keeps a terminal's Ctrl-C from it, the end of its input ends it."""

    def __init__(self, command: Sequence[str]) -> None:
        self._process = subprocess.Popen(  # noqa: S603 -- a fixed command
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
        )
        self._requests = cast("BinaryIO", self._process.stdin)
        self._answers = cast("BinaryIO", self._process.stdout)
        self._has_answered = True
        for pipe in (self._requests, self._answers):
            with suppress(OSError):  # a user who has many large pipes already gets no more; the small ones do
                fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)

    @property
    def is_ready(self) -> bool:
        return self._has_answered and self._process.poll() is None

    def ask(self, request: Sequence[bytes]) -> list[bytes]:
        """The answer to a request of `remux_messages`. Raises ChildDied."""
        self._has_answered = False
        answer: list[bytes] = []
        with suppress(OSError, EOFError):  # a pipe that breaks says only that the child is gone
            write_message(self._requests, request)
            answer = read_message(self._answers)
        if not answer:
            raise ChildDied(self._cause_of_death())
        self._has_answered = True
        return answer

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        self._answers.close()
        with suppress(OSError):  # a request that was not read
            self._requests.close()

    def _cause_of_death(self) -> str:
        code = self._process.wait()
        if code == -signal.SIGALRM:
            return "it was not done in time"
        return f"exit code {code}" if code >= 0 else signal.Signals(-code).name


class Children:
    """One is enough for many recordings; another is started only where those that run get nothing done, as in a hang.

    A long queue alone is no reason: more children than processors make it no shorter, and each takes its memory.
    """

    def __init__(self, command: Sequence[str]) -> None:
        self._command = command
        self._freed = threading.Condition()
        self._waiting: deque[object] = deque()
        self._idle: list[Child] = []
        self._running = 0
        self._got_on_at_s = monotonic()
        self._is_closed = False

    @contextmanager
    def lend(self, *, fresh: bool) -> Iterator[Child]:
        """One for the caller alone; with `fresh` one that has not seen any bytes yet. Raises OSError."""
        child = self._take()
        try:
            if child is None or fresh:
                child = self._started_for(child)
            yield child
        finally:
            self._give_back(child)

    def close(self) -> None:
        """None stays but those that are lent, which end when they are given back."""
        with self._freed:
            self._is_closed = True
            idle, self._idle = self._idle, []
        for child in idle:
            child.close()

    def _take(self) -> Child | None:
        """An idle one, or None for leave to start another. Who waits longest is next, however busy the others are."""
        place = object()
        with self._freed:
            self._waiting.append(place)
            self._freed.wait_for(lambda: self._waiting[0] is place)
            while not self._has_one:
                self._freed.wait(self._patience_s if self._may_start else None)
            self._waiting.popleft()
            self._got_on_at_s = monotonic()
            self._freed.notify_all()
            if self._idle:
                return self._idle.pop()
            self._running += 1
            return None

    @property
    def _has_one(self) -> bool:
        is_hung = self._may_start and self._patience_s <= 0
        return bool(self._idle) or self._running == 0 or is_hung

    @property
    def _may_start(self) -> bool:
        return self._running < _MOST

    @property
    def _patience_s(self) -> float:
        """How much longer those that run may get nothing done."""
        return self._got_on_at_s + _PATIENCE_S - monotonic()

    def _started_for(self, worn: Child | None) -> Child:
        if worn:
            worn.close()
        return Child(self._command)

    def _give_back(self, child: Child | None) -> None:
        with self._freed:
            self._got_on_at_s = monotonic()
            stays = child is not None and child.is_ready and not self._idle and not self._is_closed
            if child and stays:
                self._idle.append(child)
            else:
                self._running -= 1
            self._freed.notify_all()
        if child and not stays:
            child.close()
