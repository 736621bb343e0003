"""The time that one request may take, redirects included, however slowly its peer drips."""

import os
import socket
from contextlib import suppress
from contextvars import ContextVar
from threading import Lock
from time import monotonic
from typing import ClassVar, Self

import requests

from mntreamer.public_http.watchdog import Watchdog


class Deadline:
    """Hangs up on whatever its thread reads from once its time is over.

    A time-out for each read is not enough: a peer that sends a byte now and then would hold us for ever.
    """

    _watchdog: ClassVar[Watchdog] = Watchdog()

    def __init__(self, within_s: float) -> None:
        self.ends_at_s = monotonic() + within_s
        self._lock = Lock()
        self._peer: socket.socket | None = None

    @staticmethod
    def of_this_request() -> "Deadline | None":
        """The one that the calling thread is in, if any."""
        return _DEADLINE.get()

    @classmethod
    def after_fork(cls) -> None:
        """A forked process has none of its parent's threads, and so needs a watchdog of its own."""
        cls._watchdog = Watchdog()

    @property
    def is_over(self) -> bool:
        return monotonic() >= self.ends_at_s

    def __enter__(self) -> Self:
        self._outer = _DEADLINE.set(self)
        self._watchdog.watch(self)
        return self

    def __exit__(self, *_: object) -> None:
        self._watchdog.forget(self)
        _DEADLINE.reset(self._outer)

    def hold_to(self, peer: socket.socket) -> None:
        """The answer is read from this one from now on."""
        with self._lock:
            self._peer = peer
        if self.is_over:
            self.expire()

    def let_go(self) -> None:
        """Nothing more is read from the peer: its connection is another request's from now on."""
        with self._lock:
            self._peer = None

    def check(self) -> None:
        """A body without a length ends with the connection, whoever ended that. Raises requests.Timeout."""
        if self.is_over:
            raise requests.Timeout

    def expire(self) -> None:
        with self._lock, suppress(OSError):  # the peer may have hung up before
            if self._peer:
                # Not TLS's own, which would tear down a layer that another thread is reading from.
                socket.socket.shutdown(self._peer, socket.SHUT_RDWR)


_DEADLINE: ContextVar[Deadline | None] = ContextVar("_DEADLINE", default=None)
os.register_at_fork(after_in_child=Deadline.after_fork)
