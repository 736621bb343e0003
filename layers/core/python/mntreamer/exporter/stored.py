"""The stored segments of a plan, read a few ahead: a bucket answers slower than FFmpeg copies."""

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from mntreamer.domain.errors import SourceError
from mntreamer.domain.exports.export_plan import Planned
from mntreamer.domain.media_path import SEGMENTS
from mntreamer.domain.problem_code import ProblemCode
from mntreamer.domain.reason import Reason
from mntreamer.ports import MediaStore

_AHEAD = 3


def stored_segments(store: MediaStore, prefix: str, plan: Sequence[Planned]) -> Iterator[tuple[Planned, bytes]]:
    """Each with its bytes, in order, no more than four of them in memory. Raises SourceError for one that is gone."""
    with ThreadPoolExecutor(_AHEAD, "read") as readers:
        reading: deque[tuple[Planned, Future[bytes]]] = deque()
        for planned in plan:
            reading.append((planned, readers.submit(_read, store, prefix, planned)))
            if len(reading) > _AHEAD:
                yield _next(reading)
        while reading:
            yield _next(reading)


def _next(reading: deque[tuple[Planned, Future[bytes]]]) -> tuple[Planned, bytes]:
    planned, body = reading.popleft()
    return planned, body.result()


def _read(store: MediaStore, prefix: str, planned: Planned) -> bytes:
    stored = store.get(f"{prefix}{SEGMENTS}{planned.name.file}")
    if stored is None:
        text = f"the segment {planned.name.file} is gone; ask for a new export of what is left"
        raise SourceError(Reason(text, ProblemCode.SEGMENT_GONE))
    return stored.body
