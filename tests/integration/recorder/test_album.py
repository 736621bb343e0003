"""A recording's pictures over many minutes: written seldom, gone on with by whoever comes, and worth no segment."""

import sys
from collections.abc import Iterator, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path

import av
import numpy as np
import pytest

from mntreamer.clock import utc_now
from mntreamer.domain.errors import StoreConflict
from mntreamer.domain.pictures.thumbnail_track import parse_track
from mntreamer.domain.playlists.source_playlist import Segment, SegmentName
from mntreamer.recorder.child.remuxer import Remuxer
from mntreamer.recorder.media.remux import remux
from mntreamer.recorder.pace import Pace
from mntreamer.recorder.pictures.illustrator import Illustrator
from mntreamer_local.files.file_store import FileStore
from mntreamer_local.files.links import LinkSigner
from tests.integration.recorder.media import Coding, source_of
from tests.integration.recorder.picturing_child import CRASH, FAULT

PREFIX = "media/chzzk/c.1f0a9c3e/2026/11/22/1/"
PACE = Pace(look_every_s=0.0, finish_pictures_s=60.0)
FAILING = (sys.executable, str(Path(__file__).with_name("picturing_child.py")))


class CountingStore(FileStore):
    def __init__(self, root: Path) -> None:
        super().__init__(root, LinkSigner(b"key", utc_now))
        self.puts: list[str] = []
        self.read: list[str] = []

    def put(self, key: str, body: bytes, content_type: str, replaces: str | None) -> str:
        version = super().put(key, body, content_type, replaces)
        self.puts.append(key.removeprefix(PREFIX))
        return version

    def beginning(self, key: str, size_bytes: int) -> bytes | None:
        self.read.append(key)
        return super().beginning(key, size_bytes)

    def all_pictures(self) -> dict[str, bytes]:
        keys = (key for key in self.list_keys(PREFIX) if "/segments/" not in key)
        return {key.removeprefix(PREFIX): stored.body for key in keys if (stored := self.get(key))}


@pytest.fixture
def store(tmp_path: Path) -> CountingStore:
    return CountingStore(tmp_path)


@pytest.fixture
def failing() -> Iterator[Remuxer]:
    with Remuxer(FAILING) as remuxer:
        yield remuxer


@cache
def _segment(bright: int = 200) -> bytes:
    """A second of a picture whose left half is black and whose right half is this bright."""
    made = BytesIO()
    with av.open(made, "w", format="mpegts") as target:
        track = target.add_stream("libx264", rate=15)
        track.width, track.height, track.pix_fmt = 160, 90, "gray"
        pixels = np.repeat(np.array([[16] * 80 + [bright] * 80], np.uint8), 90, axis=0)
        for packet in (*track.encode(av.VideoFrame.from_ndarray(pixels, format="gray")), *track.encode(None)):
            target.mux(packet)
    return made.getvalue()


@cache
def _sound() -> bytes:
    source = source_of(Coding(picture=None))
    return remux(source.init, source.bodies).body


def _recorded(store: FileStore, minutes: int, **others: bytes) -> list[Segment]:
    """A segment a minute, which is as good as ten; `others` are the bodies of those with that number."""
    listed = [Segment(SegmentName(0, number, number), 60.0) for number in range(minutes)]
    for segment in listed:
        body = others.get(f"_{segment.name.first}", _segment())
        store.put_new(f"{PREFIX}segments/{segment.name.file}", body, "video/mp2t", {})
    return listed


def _pictured(store: FileStore, remuxer: Remuxer, listed: Sequence[Segment]) -> Illustrator:
    illustrator = Illustrator(store, PREFIX, remuxer, PACE)
    illustrator.finish(listed)
    illustrator.close()
    return illustrator


def test_an_hour_has_a_poster_and_sixty_pictures_in_three_sheets(store: CountingStore, remuxer: Remuxer) -> None:
    illustrator = _pictured(store, remuxer, _recorded(store, 60))

    pictures = store.all_pictures()
    assert list(pictures) == [
        "poster.jpg",
        "thumbnails.vtt",
        *(f"thumbnails/000{number}.jpg" for number in (1, 2, 3)),
    ]
    board = parse_track(pictures["thumbnails.vtt"].decode())
    assert [thumbnail.segment.first for thumbnail in board.thumbnails] == list(range(60))
    assert board.poster
    assert board.poster.segment.first == 0
    assert illustrator.progress == {"has_poster": True, "has_thumbnails": True}


def test_it_takes_few_writes_and_small_ones(store: CountingStore, remuxer: Remuxer) -> None:
    _pictured(store, remuxer, _recorded(store, 60))

    assert len(store.puts) == 1 + 2 * 13
    assert len(store.read) == 60


def test_two_recorders_one_after_the_other_make_what_one_would_have_made(
    store: CountingStore, remuxer: Remuxer, tmp_path: Path
) -> None:
    listed = _recorded(store, 40)
    alone = CountingStore(tmp_path / "alone")
    alone.path("media").mkdir(parents=True)
    _pictured(alone, remuxer, _recorded(alone, 40))

    for minutes in (3, 33, 40):
        _pictured(store, remuxer, listed[:minutes])

    assert store.all_pictures() == alone.all_pictures()


def test_nothing_is_written_where_nothing_is_new(store: CountingStore, remuxer: Remuxer) -> None:
    listed = _recorded(store, 7)
    _pictured(store, remuxer, listed)
    store.puts.clear()

    illustrator = _pictured(store, remuxer, listed)

    assert store.puts == []
    assert illustrator.progress == {"has_poster": True, "has_thumbnails": True}


def test_two_recorders_at_once_come_to_one_album(store: CountingStore, remuxer: Remuxer) -> None:
    listed = _recorded(store, 12)
    one, other = (Illustrator(store, PREFIX, remuxer, PACE) for _ in range(2))
    for minutes in (1, 3, 6, 6, 9, 12, 12):
        one.finish(listed[:minutes])
        other.finish(listed[:minutes])

    board = parse_track(store.all_pictures()["thumbnails.vtt"].decode())
    assert [thumbnail.segment.first for thumbnail in board.thumbnails] == list(range(12))
    one.close()
    other.close()


@pytest.mark.parametrize(("first", "last"), [(12, 9), (9, 12)])
def test_of_two_at_once_neither_takes_away_what_the_other_has_pictured(
    store: CountingStore, remuxer: Remuxer, tmp_path: Path, first: int, last: int
) -> None:
    listed = _recorded(store, 12)
    alone = CountingStore(tmp_path / "alone")
    alone.path("media").mkdir(parents=True)
    _pictured(alone, remuxer, _recorded(alone, 12))
    one, other = (Illustrator(store, PREFIX, remuxer, PACE) for _ in range(2))

    for illustrator, minutes in ((one, 6), (other, 6), (one, first), (other, last)):
        illustrator.finish(listed[:minutes])

    assert store.all_pictures() == alone.all_pictures()
    one.close()
    other.close()


def test_a_picture_that_crashes_its_decoder_costs_itself(
    store: CountingStore, failing: Remuxer, caplog: pytest.LogCaptureFixture
) -> None:
    listed = _recorded(store, 6, _2=CRASH, _3=FAULT, _4=CRASH)

    illustrator = _pictured(store, failing, listed)

    board = parse_track(store.all_pictures()["thumbnails.vtt"].decode())
    assert [thumbnail.segment.first for thumbnail in board.thumbnails] == [0, 1, 5]
    assert [name.first for name in board.without] == [2, 3, 4]
    assert caplog.text.count("has no picture") == 1
    assert illustrator.progress["has_poster"]


def test_what_could_not_be_pictured_is_not_tried_by_the_next_recorder(
    store: CountingStore, failing: Remuxer, remuxer: Remuxer
) -> None:
    listed = _recorded(store, 6, _2=FAULT)
    _pictured(store, failing, listed[:4])
    store.read.clear()

    _pictured(store, remuxer, listed)

    assert not [key for key in store.read if "0000000002" in key]


def test_sound_alone_has_no_pictures(store: CountingStore, remuxer: Remuxer) -> None:
    listed = _recorded(store, 3, _0=_sound(), _1=_sound(), _2=_sound())

    illustrator = _pictured(store, remuxer, listed)

    assert list(store.all_pictures()) == ["thumbnails.vtt"]
    assert illustrator.progress == {"has_poster": False, "has_thumbnails": False}


def test_a_dark_beginning_gives_way_to_the_first_good_picture(store: CountingStore, remuxer: Remuxer) -> None:
    listed = _recorded(store, 8, _0=_segment(20), _1=_segment(20))
    _pictured(store, remuxer, listed[:2])
    first = store.all_pictures()["poster.jpg"]

    _pictured(store, remuxer, listed)

    pictures = store.all_pictures()
    poster = parse_track(pictures["thumbnails.vtt"].decode()).poster
    assert poster
    assert (poster.segment.first, poster.is_good) == (2, True)
    assert pictures["poster.jpg"] != first


def test_a_damaged_track_is_made_anew(store: CountingStore, remuxer: Remuxer) -> None:
    listed = _recorded(store, 30)
    _pictured(store, remuxer, listed)
    before = store.all_pictures()
    store.path(PREFIX + "thumbnails.vtt").write_bytes(before["thumbnails.vtt"][:700] + b"\xff")

    _pictured(store, remuxer, listed)

    assert store.all_pictures() == before


def test_a_store_that_fails_is_told_of_once_and_gone_on_with_when_it_is_well(
    store: CountingStore, remuxer: Remuxer, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = _recorded(store, 7)
    illustrator = Illustrator(store, PREFIX, remuxer, PACE)
    with monkeypatch.context() as ill:
        ill.setattr(store, "put", _refuse)
        for _ in range(3):
            illustrator.finish(listed)
    illustrator.finish(listed)
    illustrator.close()

    assert caplog.text.count("have to wait") == 1
    assert len(parse_track(store.all_pictures()["thumbnails.vtt"].decode()).thumbnails) == 7


def _refuse(*_: object) -> str:
    raise StoreConflict("somebody else is at it")
