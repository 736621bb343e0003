"""A store that does not do what it is asked: what happens around each call is up to its trouble."""

import errno
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from enum import Enum, auto
from math import inf
from pathlib import Path
from typing import Protocol

from mntreamer.domain.errors import StoreFull
from mntreamer.domain.media_path import SEGMENTS
from mntreamer.ports import Clock, StoredObject
from mntreamer_local.files.links import LinkSigner
from mntreamer_local.files.publishing_store import PublishingStore
from tests.faults.clock import SourceClock


class Call(Enum):
    """What a store is asked for: to take a segment or one of the texts beside them, or for what it has.

    Or tables: to write a row.
    """

    SEGMENT = auto()
    TEXT = auto()
    READ = auto()
    ROW = auto()


class Trouble(Protocol):
    def around(self, call: Call, clock: SourceClock) -> AbstractContextManager[None]:
        """Raises, or takes its time, before or after the call. `clock` is the source's time."""


class TroubledStore(PublishingStore):
    """As on one machine, but for its trouble."""

    def __init__(self, folder: Path, now: Clock, trouble: Trouble, clock: SourceClock) -> None:
        super().__init__(folder, LinkSigner(b"key", now))
        self._trouble = trouble
        self._clock = clock

    def put_new(self, key: str, body: bytes, content_type: str, metadata: Mapping[str, str]) -> bool:
        with self._around(Call.SEGMENT if SEGMENTS in key else Call.TEXT):
            return super().put_new(key, body, content_type, metadata)

    def put(self, key: str, body: bytes, content_type: str, replaces: str | None) -> str:
        with self._around(Call.TEXT):
            return super().put(key, body, content_type, replaces)

    def get(self, key: str) -> StoredObject | None:
        with self._around(Call.READ):
            return super().get(key)

    def beginning(self, key: str, size_bytes: int) -> bytes | None:
        with self._around(Call.READ):
            return super().beginning(key, size_bytes)

    def version(self, key: str) -> str | None:
        with self._around(Call.READ):
            return super().version(key)

    def metadata(self, key: str) -> tuple[Mapping[str, str], int] | None:
        with self._around(Call.READ):
            return super().metadata(key)

    def list_keys(self, prefix: str, after: str = "") -> Iterator[str]:
        with self._around(Call.READ):
            yield from super().list_keys(prefix, after)

    def _around(self, call: Call) -> AbstractContextManager[None]:
        return self._trouble.around(call, self._clock)


@dataclass(frozen=True)
class Unavailable:
    """Answers nothing but errors for a while."""

    begins_s: float
    ends_s: float = inf

    @contextmanager
    def around(self, call: Call, clock: SourceClock) -> Iterator[None]:  # noqa: ARG002 -- whatever is asked for
        if self.begins_s <= clock.now_s < self.ends_s:
            raise ConnectionError("HTTP 503")
        yield


@dataclass(frozen=True)
class DiskFull:
    """Can be read, and not be written to, for a while."""

    begins_s: float
    ends_s: float

    @contextmanager
    def around(self, call: Call, clock: SourceClock) -> Iterator[None]:
        if call is not Call.READ and self.begins_s <= clock.now_s < self.ends_s:
            raise OSError(errno.ENOSPC, "No space left on device")
        yield


@dataclass(frozen=True)
class Reserved:
    """Has no room but for what is little, for a while."""

    begins_s: float
    ends_s: float

    @contextmanager
    def around(self, call: Call, clock: SourceClock) -> Iterator[None]:
        if call is Call.SEGMENT and self.begins_s <= clock.now_s < self.ends_s:
            raise StoreFull("less than 1 GB is free")
        yield


@dataclass(frozen=True)
class Hanging:
    """Answers nothing that is asked for from one moment on, until another one; then well."""

    begins_s: float
    ends_s: float

    @contextmanager
    def around(self, call: Call, clock: SourceClock) -> Iterator[None]:  # noqa: ARG002 -- whatever is asked for
        if self.begins_s <= clock.now_s < self.ends_s:
            clock.wait_until(self.ends_s)
        yield


@dataclass(frozen=True)
class Slow:
    """Takes so long over each such call."""

    call: Call
    lasts_s: float

    @contextmanager
    def around(self, call: Call, clock: SourceClock) -> Iterator[None]:
        if call is self.call:
            clock.wait_until(clock.now_s + self.lasts_s)
        yield


@dataclass(frozen=True)
class Silent:
    """Does what it is asked to, and its answer is lost, in the first half of every so many seconds."""

    every_s: float

    @contextmanager
    def around(self, call: Call, clock: SourceClock) -> Iterator[None]:
        yield
        if call is not Call.READ and clock.now_s % self.every_s < self.every_s / 2:
            raise TimeoutError("the answer did not come")
