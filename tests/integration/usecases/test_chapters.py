"""What recorders noted as chapters is published, whoever writes at the same time, and outlives the closing."""

import json
from datetime import timedelta

from mntreamer.domain.monitors.topic import Topic
from mntreamer.domain.playlists.published_playlist import render_published
from mntreamer.domain.playlists.source_playlist import SegmentName
from mntreamer.domain.recordings.account import Account, render_account
from mntreamer.domain.recordings.chapter import Chapter
from mntreamer.domain.refining.edits import Edits
from mntreamer.domain.segments.stored_segment import StoredSegment, to_metadata
from mntreamer.domain.times import to_iso
from mntreamer.usecases.recordings.begin_next_part import begin_next_part
from mntreamer.usecases.recordings.close_recording import close_recording
from mntreamer.usecases.recordings.publish_playlist import publish_playlist
from mntreamer.usecases.recordings.stored.ledger import Ledger, account_in
from mntreamer.usecases.recordings.stored.source import Source
from mntreamer_local.files.file_store import FileStore
from tests.contract.records import NOON, a_recording, minutes
from tests.integration.usecases.conftest import World

GAME = Topic('"game"', "talk")


def _stored(first: int) -> StoredSegment:
    """Three source segments of two seconds each, the first of which began so many of them after noon."""
    return StoredSegment(
        SegmentName(0, first, first + 2), 6.0, NOON + timedelta(seconds=2 * first), discontinuity=False,
        first_pts_s=0.0, last_pts_s=6.0, init_digest="init", size_bytes=4,
    )  # fmt: skip


def _recorded(world: World) -> None:
    """Two segments of a recording that is open."""
    world.goes_live()
    world.tick()
    for segment in (_stored(0), _stored(3)):
        key = f"{world.recording.prefix}segments/{segment.name.file}"
        world.ports.store.put_new(key, b"data", "video/mp2t", to_metadata(segment))
    source = Source(world.ports.store, world.recording.prefix)
    source.append([_stored(0), _stored(3)], 6)
    source.write()


def _noted(world: World, *topics: tuple[str, float]) -> None:
    """By one recorder, each so many seconds after noon."""
    ledger = Ledger(world.ports.store, world.recording)
    for title, second in topics:
        ledger.note_topic(Topic(title, ""), NOON + timedelta(seconds=second))
    ledger.write(world.recording, Source(world.ports.store, world.recording.prefix).listing.segments)


def _text(world: World, name: str) -> str:
    stored = world.ports.store.get(world.recording.prefix + name)
    assert stored
    return stored.body.decode()


def _titles(world: World) -> list[str]:
    return [chapter["title"] for chapter in json.loads(_text(world, "recording.json"))["chapters"]]


def test_two_who_note_topics_at_once_lose_none_and_double_none(world: World) -> None:
    _recorded(world)
    listed = Source(world.ports.store, world.recording.prefix).listing.segments
    one, other = (Ledger(world.ports.store, world.recording) for _ in range(2))
    one.note_topic(Topic("game", ""), NOON + minutes(30))
    other.note_topic(Topic("game", ""), NOON + minutes(40))
    other.note_topic(Topic("end", ""), NOON + minutes(90))
    for ledger in (one, other):
        ledger.write(world.recording, listed)

    told = json.loads(_text(world, "recording.json"))["chapters"]

    assert [(chapter["title"], chapter["at"]) for chapter in told] == [
        (world.recording.title, to_iso(world.recording.opened_at)),
        ("game", to_iso(NOON + minutes(30))),
        ("end", to_iso(NOON + minutes(90))),
    ]


def test_closing_publishes_the_chapters_and_changes_none(world: World) -> None:
    _recorded(world)
    _noted(world, ("game", minutes(10).total_seconds()))
    chapters = account_in(world.ports.store, world.recording).chapters

    close_recording(world.ports, world.recording)

    assert _text(world, "index.m3u8") == render_published(_text(world, "source.m3u8"), Edits(), chapters)
    assert _text(world, "index.m3u8").count("#EXT-X-DATERANGE") == 1
    assert account_in(world.ports.store, world.recording).chapters == chapters


class RetitledStore(FileStore):
    """The account is written between the reading of it and the write of the index."""

    account: bytes | None = None

    def put(self, key: str, body: bytes, content_type: str, replaces: str | None) -> str:
        if key.endswith("index.m3u8") and self.account:
            account, self.account = self.account, None
            super().put("media/x/recording.json", account, "application/json", None)
        return super().put(key, body, content_type, replaces)


def test_a_chapter_that_is_written_while_it_is_published_is_published(world: World) -> None:
    plain = world.ports.store
    assert isinstance(plain, FileStore)
    store = RetitledStore(plain._root, plain._links)
    source = Source(store, "media/x/")
    source.append([_stored(0)], 6)
    source.write()
    store.account = render_account(a_recording(), Account(1, 6.0, 0, 1, (), (Chapter(NOON, GAME),))).encode()

    publish_playlist(store, "media/x/", openly=False)

    index = store.get("media/x/index.m3u8")
    assert index
    assert b"X-MNTREAMER-TITLE=\"'game'\"" in index.body


def test_a_damaged_account_keeps_nothing_from_being_published(world: World) -> None:
    _recorded(world)
    world.ports.store.put(world.recording.prefix + "recording.json", b"{torn by a disk", "application/json", None)

    close_recording(world.ports, world.recording)

    assert "segments/" in _text(world, "index.m3u8")
    assert _titles(world) == [world.recording.title]


def test_the_next_part_opens_with_what_the_one_before_ended_with(world: World) -> None:
    _recorded(world)
    _noted(world, ("game", minutes(600).total_seconds()))

    following = begin_next_part(world.ports, world.recording, {"segments": 2})

    assert following
    assert following.title == "game"
