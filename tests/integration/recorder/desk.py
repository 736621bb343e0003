"""Shelves on a store that fails as a test says; a segment is its pieces' bytes, one behind the other."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest

from mntreamer.clock import utc_now
from mntreamer.domain.playlists.source_playlist import SegmentName
from mntreamer.domain.recordings.recording import Recording
from mntreamer.domain.segments.bundling import Bundle, Fetched
from mntreamer.domain.segments.stored_segment import StoredSegment
from mntreamer.domain.segments.window import SourceSegment
from mntreamer.recorder.bookkeeping.books import Books, News
from mntreamer.recorder.child.remuxer import Remuxer
from mntreamer.recorder.pace import Pace
from mntreamer.recorder.storing import maker
from mntreamer.recorder.storing.make import Made, Part
from mntreamer.recorder.storing.shelf import Shelf
from mntreamer.recorder.storing.spool import Spool
from mntreamer.recorder.storing.workshop import Workshop
from mntreamer.usecases.recordings.stored.source import Source
from mntreamer_local.files.file_store import FileStore
from mntreamer_local.files.links import LinkSigner
from tests.contract.records import NOON, a_recording

PIECE_BYTES = 1000
BUNDLE_BYTES = 3 * PIECE_BYTES
QUICK = Pace(store_retry_s=0.01, store_retry_longest_s=0.02, retry_longest_s=0.01)


def joined(whole: Bundle) -> Part:
    body = b"".join(piece.body for piece in whole.pieces)
    first_s = 2.0 * whole.name.first
    date = whole.pieces[0].segment.program_date_time
    segment = StoredSegment(
        whole.name, 6.0, date, discontinuity=False, first_pts_s=first_s, last_pts_s=first_s + 6.0, init_digest="i",
        size_bytes=len(body),
    )  # fmt: skip
    return Part(segment, body)


def bundle(number: int, piece_bytes: int = PIECE_BYTES) -> Bundle:
    sources = [source(sequence) for sequence in range(3 * number, 3 * number + 3)]
    pieces = tuple(Fetched(listed, bytes([listed.sequence % 256]) * piece_bytes, b"init") for listed in sources)
    return Bundle(SegmentName(0, 3 * number, 3 * number + 2), pieces, discontinuity=False)


def source(sequence: int) -> SourceSegment:
    return SourceSegment(sequence, "https://signed.example/?token", 2.0, NOON + timedelta(seconds=2 * sequence))


class Store(FileStore):
    """Calls `before` at each new object; it may raise, or take its time."""

    def __init__(self, root: Path) -> None:
        super().__init__(root, LinkSigner(b"key", utc_now))
        self.before: Callable[[str], object] = lambda _: None

    def put_new(self, key: str, body: bytes, content_type: str, metadata: Mapping[str, str]) -> bool:
        self.before(key)
        return super().put_new(key, body, content_type, metadata)


class Ill:
    """Fails until it is made well; `has_failed` is set at the first time."""

    def __init__(self) -> None:
        self.has_failed = Event()
        self.is_well = Event()

    def __call__(self, _: str) -> None:
        if not self.is_well.is_set():
            self.has_failed.set()
            raise OSError(28, "No space left on device")


class Slow:
    """Takes nothing and does not fail either, until it may."""

    def __init__(self) -> None:
        self.was_asked = Event()
        self.may = Event()

    def __call__(self, _: str) -> None:
        self.was_asked.set()
        assert self.may.wait(60)


class BookedShelf(Shelf):
    """With the books that its recorder keeps of it. `last` is the last segment that both found, stored or left."""

    def __init__(self, store: Store, recording: Recording, workshop: Workshop, pace: Pace) -> None:
        super().__init__(store, recording.prefix, workshop, pace)
        self.recording = recording
        self.books = Books(store, recording, lambda: None)
        self.last = self.take_in_left(self.books.last)

    def write(self) -> None:
        """List what is stored."""
        stored = tuple(self.take_stored())
        self.books.take(News(utc_now(), 6.0, stored))
        self.books.enter(0.0)
        self.books.write_playlist(0.0, at_once=True)
        self.books.write_account(self.recording)


@dataclass
class Desk:
    """A recording, its store, and shelves for it."""

    folder: Path
    closed: ExitStack
    remuxer: Remuxer
    recording: Recording = field(default_factory=a_recording)

    def __post_init__(self) -> None:
        (self.folder / "data").mkdir()
        self.store = Store(self.folder / "data")
        self.spool = self.a_spool()

    def a_spool(self, memory_bytes: int = 1_000_000, disk_bytes: int = 1_000_000) -> Spool:
        self.spool = Spool(self.folder / "spool", memory_bytes, disk_bytes)
        return self.spool

    def shelf(self, pace: Pace = QUICK) -> BookedShelf:
        workshop = Workshop(self.remuxer, self.spool)
        shelf = BookedShelf(self.store, self.recording, workshop, pace)
        self.closed.callback(shelf.close)
        return shelf

    def written(self, shelf: BookedShelf) -> list[int]:
        """The numbers of the bundles that the playlist lists, after everything that waits is stored."""
        shelf.wait(20)
        shelf.write()
        return [segment.name.first // 3 for segment in Source(self.store, self.recording.prefix).listing.segments]

    def body(self, number: int) -> bytes:
        name = bundle(number).name.file
        stored = self.store.get(f"{self.recording.prefix}segments/{name}")
        assert stored
        return stored.body

    def wait_until(self, condition: Callable[[], bool]) -> None:
        until_s = time.monotonic() + 20
        while not condition():
            assert time.monotonic() < until_s
            time.sleep(0.005)

    def wait_for_files(self, segments: int) -> None:
        """Until so many segments and nothing else are in the spool, all of them on disk."""
        self.wait_until(lambda: len(self.files) == segments and self.waiting == (0, segments * BUNDLE_BYTES))

    @property
    def files(self) -> list[Path]:
        """Those in the spool that the next process would find."""
        return sorted(file for file in (self.folder / "spool").iterdir() if not file.name.startswith("."))

    @property
    def waiting(self) -> tuple[int, int]:
        """The bytes in memory and those on disk."""
        return self.spool.memory.used_bytes, self.spool.disk.used_bytes


@contextmanager
def open_desk(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(maker, "make", lambda bundle, _: Made((joined(bundle),), (), ()))
    with ExitStack() as closed, Remuxer() as remuxer:
        yield Desk(folder, closed, remuxer)
