"""An append: what recorder and publisher do for each bundle, from its stored segment to the published playlist."""

import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any, cast

from benchmarks.playlist.recordings import RECORDING, SEGMENT_S, SEGMENTS_PER_HOUR, list_hours, segment
from mntreamer.clock import utc_now
from mntreamer.domain.media_path import SOURCE_PLAYLIST
from mntreamer.ports import MediaStore, StoredObject
from mntreamer.recorder.bookkeeping.books import Books, News
from mntreamer.recorder.pace import write_interval_s
from mntreamer.recorder.storing.keep import Addressed
from mntreamer.usecases.recordings.publish_playlist import publish_playlist
from mntreamer_local.files.links import LinkSigner
from mntreamer_local.files.publishing_store import PublishingStore
from tests.contract.records import NOON
from tests.state.memory_store import MemoryStore


@dataclass(frozen=True, slots=True)
class AppendCost:
    """Of one hour's appends to a recording that is `hours` long.

    `cpu_s` is of all of it on our files' store, `playlists_cpu_s` of what is not storing the segments. The requests
    are those to a bucket; `playlists_bytes` go there and back besides the segments. `visible_s` after its first frame
    was broadcast a bundle is listed at the latest.
    """

    hours: int
    cpu_s: float
    playlists_cpu_s: float
    requests: int
    playlists_bytes: int
    visible_s: float


@dataclass
class _Metered:
    """A bucket in memory that counts what is asked of it, and publishes a source playlist when it is written."""

    store: MemoryStore = field(default_factory=MemoryStore)
    requests: Counter[str] = field(default_factory=Counter)
    bytes_moved: int = 0

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def asked(*arguments: Any) -> Any:
            answer = getattr(self.store, name)(*arguments)
            self.requests[name] += 1
            bodies = [part for part in arguments if isinstance(part, bytes)]
            self.bytes_moved += sum(map(len, bodies)) + (len(answer.body) if isinstance(answer, StoredObject) else 0)
            if name == "put" and arguments[0].endswith(SOURCE_PLAYLIST):
                publish_playlist(cast("MediaStore", self), RECORDING.prefix, openly=False)
            return answer

        return asked


class _Recorder:
    """Appends to a recording that is so many hours long, one bundle every six seconds of its own clock."""

    def __init__(self, store: MediaStore, hours: int, segment_bytes: int) -> None:
        list_hours(store, hours, ended=False)
        self._store = store
        self._books = Books(store, RECORDING, lambda: None)
        self._body = bytes(segment_bytes)
        self._next = hours * SEGMENTS_PER_HOUR

    def store_segment(self) -> None:
        Addressed(RECORDING.prefix, segment(self._next, len(self._body))).keep(self._store, self._body)

    def publish(self) -> None:
        stored, now_s = segment(self._next, len(self._body)), self._next * SEGMENT_S
        self._books.take(News(NOON + timedelta(seconds=now_s), SEGMENT_S, stored=(stored,)))
        self._books.write_account(RECORDING)
        self._books.write_playlist(now_s)
        self._next += 1


def appends(hours: Sequence[int], rounds: int, segment_bytes: int) -> list[AppendCost]:
    """Recordings of these lengths take turns."""
    with ExitStack() as folders:
        recorders = [_Recorder(_on_disk(folders), each, segment_bytes) for each in hours]
        measured = [[_round(recorder) for recorder in recorders] for _ in range(rounds)]
    costs = [[median(part) for part in zip(*of_one, strict=True)] for of_one in zip(*measured, strict=True)]
    return [_cost(each, *cost) for each, cost in zip(hours, costs, strict=True)]


def _on_disk(folders: ExitStack) -> PublishingStore:
    folder = Path(folders.enter_context(tempfile.TemporaryDirectory()))
    return PublishingStore(folder, LinkSigner(b"key", utc_now))


def _round(recorder: _Recorder) -> tuple[float, float]:
    """The processor seconds of storing, and those of publishing."""
    began_s = time.process_time()
    recorder.store_segment()
    stored_s = time.process_time()
    recorder.publish()
    return stored_s - began_s, time.process_time() - stored_s


def _cost(hours: int, store_s: float, publish_s: float) -> AppendCost:
    bucket = _hour_on_a_bucket(hours)
    return AppendCost(
        hours=hours,
        cpu_s=SEGMENTS_PER_HOUR * (store_s + publish_s),
        playlists_cpu_s=SEGMENTS_PER_HOUR * publish_s,
        requests=bucket.requests.total(),
        playlists_bytes=bucket.bytes_moved,
        visible_s=SEGMENT_S + write_interval_s(hours * SEGMENTS_PER_HOUR),
    )


def _hour_on_a_bucket(hours: int) -> _Metered:
    """What its last hour asked of it."""
    bucket = _Metered()
    recorder = _Recorder(cast("MediaStore", bucket), hours - 1, 0)
    bucket.requests.clear()
    bucket.bytes_moved = 0
    for _ in range(SEGMENTS_PER_HOUR):
        recorder.store_segment()
        recorder.publish()
    return bucket
