"""Closing lists everything that is stored, once; publishing always ends in the newest state."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from mntreamer.domain.errors import LeaseLost, StoreConflict
from mntreamer.domain.playlists.published_playlist import render_published
from mntreamer.domain.playlists.source_playlist import SegmentName, SourcePlaylist, parse_source, render_source
from mntreamer.domain.recordings.gap import NOT_KNOWN
from mntreamer.domain.recordings.loss import Cause, Loss
from mntreamer.domain.recordings.recording import RecordingChanges, RecordingStatus
from mntreamer.domain.refining.edits import Edits
from mntreamer.domain.segments.stored_segment import StoredSegment, to_metadata
from mntreamer.domain.times import to_iso
from mntreamer.usecases.monitors.remove_streamer import remove_streamer
from mntreamer.usecases.recordings.close_recording import close_recording
from mntreamer.usecases.recordings.publish_playlist import publish_playlist
from mntreamer.usecases.recordings.stored.ledger import Ledger, account_in
from mntreamer.usecases.recordings.stored.source import PLAYLIST_TYPE, Source
from mntreamer_local.files.file_store import FileStore
from tests.contract.records import NOON
from tests.integration.usecases.conftest import World


def _stored(first: int, last: int) -> StoredSegment:
    return StoredSegment(
        name=SegmentName(0, first, last),
        duration_s=2.0 * (last - first + 1),
        program_date_time=NOON,
        discontinuity=False,
        first_pts_s=0.0,
        last_pts_s=6.0,
        init_digest="init",
        size_bytes=4,
    )


def _store(world: World, *segments: StoredSegment) -> None:
    for segment in segments:
        key = f"{world.recording.prefix}segments/{segment.name.file}"
        world.ports.store.put_new(key, b"data", "video/mp2t", to_metadata(segment))


def _source(world: World) -> SourcePlaylist:
    stored = world.ports.store.get(world.recording.prefix + "source.m3u8")
    assert stored
    return parse_source(stored.body.decode())


def _opened(world: World) -> None:
    world.goes_live()
    world.tick()


def test_what_is_stored_and_not_listed_is_listed_at_the_end(world: World) -> None:
    _opened(world)
    _store(world, _stored(9, 11), _stored(12, 14), _stored(13, 14), _stored(16, 17))
    source = Source(world.ports.store, world.recording.prefix)
    source.append([_stored(9, 11)], 6)
    source.write()

    close_recording(world.ports, world.recording)

    playlist = _source(world)
    assert [(s.name.first, s.name.last, s.discontinuity) for s in playlist.segments] == [
        (9, 11, False),
        (12, 14, False),
        (16, 17, True),
    ]
    assert playlist.ended
    assert world.recording.status is RecordingStatus.IDLE
    assert (world.recording.segments, world.recording.duration_s) == (3, 16.0)


def test_the_published_playlist_is_the_ended_one(world: World) -> None:
    _opened(world)
    _store(world, _stored(9, 11))
    close_recording(world.ports, world.recording)

    index = world.ports.store.get(world.recording.prefix + "index.m3u8")
    assert index
    chapters = account_in(world.ports.store, world.recording).chapters
    assert index.body.decode() == render_published(render_source(_source(world)), Edits(), chapters)
    assert b"#EXT-X-ENDLIST" in index.body


def test_closing_again_changes_nothing(world: World) -> None:
    _opened(world)
    _store(world, _stored(9, 11))
    close_recording(world.ports, world.recording)
    before = _source(world), _told(world)

    close_recording(world.ports, world.recording)

    assert (_source(world), _told(world)) == before


def test_a_recording_of_which_nothing_was_kept_has_failed_and_no_playlist(world: World) -> None:
    _opened(world)

    close_recording(world.ports, world.recording)

    assert world.recording.status is RecordingStatus.FAILED
    assert world.ports.store.get(world.recording.prefix + "source.m3u8") is None


def test_two_writers_of_one_source_list_each_segment_once(world: World) -> None:
    _opened(world)
    one, other = (Source(world.ports.store, world.recording.prefix) for _ in range(2))
    one.append([_stored(9, 11)], 6)
    one.write()
    other.append([_stored(10, 11), _stored(12, 14)], 6)
    other.write()

    assert [s.name.first for s in _source(world).segments] == [9, 12]


def test_removing_a_streamer_closes_what_is_being_recorded_and_keeps_it(world: World) -> None:
    _opened(world)
    _store(world, _stored(9, 11))

    remove_streamer(world.ports, "chzzk:c1")

    assert world.ports.monitors.get("chzzk:c1") is None
    assert world.recording.status is RecordingStatus.IDLE
    assert _source(world).ended


class OvertakenStore(FileStore):
    """Lets another publisher run between the read of the source and the write of the index."""

    meanwhile: "list[SourcePlaylist]"

    def put(self, key: str, body: bytes, content_type: str, replaces: str | None) -> str:
        if key.endswith("index.m3u8") and self.meanwhile:
            _write_source(self, key.removesuffix("index.m3u8"), self.meanwhile.pop())
            publish_playlist(self, key.removesuffix("index.m3u8"), openly=False)
        return super().put(key, body, content_type, replaces)


def test_a_publisher_that_was_overtaken_goes_round(world: World) -> None:
    plain = world.ports.store
    assert isinstance(plain, FileStore)
    store = OvertakenStore(plain._root, plain._links)
    first = SourcePlaylist(6, (_stored(9, 11).listed_after(None),))
    second = replace(first, ended=True)
    store.meanwhile = []
    _write_source(store, "media/x/", first)
    store.meanwhile = [second]

    publish_playlist(store, "media/x/", openly=False)

    index = store.get("media/x/index.m3u8")
    assert index
    assert index.body.decode() == render_published(render_source(second), Edits())


def test_many_publishers_at_once_end_in_the_newest_state(world: World) -> None:
    plain = world.ports.store
    assert isinstance(plain, FileStore)
    store = FileStore(plain._root, plain._links)
    segments = [_stored(first, first + 2) for first in range(0, 90, 3)]
    playlists = [SourcePlaylist(6, tuple(s.listed_after(None) for s in segments[:n])) for n in range(1, 31)]

    def grow_and_publish(playlist: SourcePlaylist) -> None:
        _write_source(store, "media/x/", playlist)
        publish_playlist(store, "media/x/", openly=False)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(grow_and_publish, playlists))

    source, index = store.get("media/x/source.m3u8"), store.get("media/x/index.m3u8")
    assert source
    assert index
    assert index.body.decode() == render_published(source.body.decode(), Edits())


def _write_source(store: FileStore, prefix: str, playlist: SourcePlaylist) -> None:
    while True:
        try:
            key = prefix + "source.m3u8"
            store.put(key, render_source(playlist).encode(), PLAYLIST_TYPE, store.version(key))
        except StoreConflict:
            continue
        return


def test_an_ended_playlist_is_published_even_if_its_first_closing_was_interrupted(world: World) -> None:
    _opened(world)
    _store(world, _stored(9, 11))
    close_recording(world.ports, world.recording)
    plain = world.ports.store
    assert isinstance(plain, FileStore)
    plain.path(world.recording.prefix + "index.m3u8").unlink()  # as if killed before it was written

    Source(world.ports.store, world.recording.prefix).end()

    assert world.ports.store.get(world.recording.prefix + "index.m3u8")


@pytest.mark.parametrize("name", ["Thumbs.db", "000-0000000012-0000000014.ts"])
def test_a_foreign_file_among_the_segments_keeps_nothing_from_being_closed(world: World, name: str) -> None:
    _opened(world)
    _store(world, _stored(9, 11))
    plain = world.ports.store
    assert isinstance(plain, FileStore)
    plain.path(f"{world.recording.prefix}segments/{name}").write_bytes(b"put here by somebody")

    close_recording(world.ports, world.recording)

    assert [s.name.first for s in _source(world).segments] == [9]
    assert world.recording.status is RecordingStatus.IDLE


def test_a_damaged_source_playlist_is_made_anew_from_what_is_stored(world: World) -> None:
    _opened(world)
    _store(world, _stored(9, 11), _stored(12, 14))
    key = world.recording.prefix + "source.m3u8"
    plain = world.ports.store
    assert isinstance(plain, FileStore)
    plain.path(key).write_bytes(b"\x00\xff torn by a disk")

    close_recording(world.ports, world.recording)

    assert [s.name.first for s in _source(world).segments] == [9, 12]


def test_what_is_found_at_the_end_is_counted(world: World) -> None:
    _opened(world)
    _store(world, _stored(9, 11), _stored(15, 17))

    close_recording(world.ports, world.recording)

    assert (world.recording.size_bytes, world.recording.lost_segments) == (8, 3)
    assert (world.recording.gaps, world.recording.gap_s, world.recording.coverage) == (1, 6.0, 0.666666)
    assert world.recording.first_segment_at
    assert world.streamer.recorded == 1


def _told(world: World) -> dict[str, Any]:
    stored = world.ports.store.get(world.recording.prefix + "recording.json")
    assert stored
    told: dict[str, Any] = json.loads(stored.body)
    return told


def _loss(sequence: int, why: str = "HTTP 404") -> Loss:
    return Loss(0, sequence, Cause.NOT_FETCHED, why, NOON, 2.0)


def test_closing_closes_the_account_with_what_recorders_noted(world: World) -> None:
    _opened(world)
    _store(world, _stored(9, 11), _stored(14, 14))
    ledger = Ledger(world.ports.store, world.recording)
    ledger.note([_loss(12), _loss(14, "stored after all"), _loss(17)])
    ledger.write(world.recording, ())

    close_recording(world.ports, world.recording)

    gaps = [(gap["first"], gap["last"], gap["cause"], gap["why"]) for gap in _told(world)["gaps"]]
    assert gaps == [
        (12, 12, "not_fetched", "HTTP 404"),
        (13, 13, "unseen", NOT_KNOWN),
        (17, 17, "not_fetched", "HTTP 404"),
    ]
    assert _told(world)["closed_at"] == to_iso(world.now[0])
    assert world.recording.lost_segments == 3


def test_a_recording_of_which_only_losses_are_known_says_so(world: World) -> None:
    _opened(world)
    ledger = Ledger(world.ports.store, world.recording)
    ledger.note([_loss(12), _loss(13)])
    ledger.write(world.recording, ())

    close_recording(world.ports, world.recording)

    assert world.recording.status is RecordingStatus.FAILED
    assert (world.recording.lost_segments, world.recording.coverage) == (2, 0.0)
    assert _told(world)["closed_at"]


def test_two_who_note_losses_at_once_lose_none(world: World) -> None:
    _opened(world)
    one, other = (Ledger(world.ports.store, world.recording) for _ in range(2))
    one.note([_loss(12), _loss(13, "HTTP 503")])
    other.note([_loss(13, "HTTP 404"), _loss(20)])
    one.write(world.recording, ())
    other.write(world.recording, ())

    gaps = [(gap["first"], gap["last"]) for gap in _told(world)["gaps"]]
    assert gaps == [(12, 13), (20, 20)]
    assert account_in(world.ports.store, world.recording).lost_segments == 3


def test_whoever_lost_the_lease_does_not_write_into_the_account_of_those_who_hold_it(world: World) -> None:
    _opened(world)

    def not_ours() -> None:
        raise LeaseLost("another generation goes on")

    late = Ledger(world.ports.store, world.recording, not_ours)
    _store(world, _stored(9, 11))
    close_recording(world.ports, world.recording)
    late.note([_loss(12)])

    with pytest.raises(LeaseLost):
        late.write(world.recording, ())
    assert _told(world)["closed_at"]


def test_of_a_recording_without_a_segment_and_a_loss_there_is_no_account(world: World) -> None:
    _opened(world)

    close_recording(world.ports, world.recording)

    assert world.ports.store.get(world.recording.prefix + "recording.json") is None


def test_what_a_crash_left_uncounted_is_counted_at_the_end(world: World) -> None:
    _opened(world)
    _store(world, _stored(9, 11), _stored(12, 14))
    source = Source(world.ports.store, world.recording.prefix)
    source.append([_stored(9, 11), _stored(12, 14)], 6)
    source.write()
    counted_before_the_crash = RecordingChanges(segments=1, size_bytes=4)
    world.ports.recordings.update(world.recording.recording_id, counted_before_the_crash, {})

    close_recording(world.ports, world.recording)

    assert (world.recording.segments, world.recording.size_bytes) == (2, 8)


def test_a_recording_that_is_reopened_and_closed_again_counts_once(world: World) -> None:
    _opened(world)
    _store(world, _stored(9, 11))
    close_recording(world.ports, world.recording)
    world.until_due()
    world.tick()
    assert world.recording.status is RecordingStatus.RECORDING

    close_recording(world.ports, world.recording)

    assert world.streamer.recorded == 1
