"""Whatever ails the store: what was handed over is stored in order, or known to be lost and why."""

import re
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from mntreamer.domain.playlists.source_playlist import follows
from mntreamer.domain.recordings.loss import Cause, Loss
from mntreamer.recorder.storing.keep import keep_left
from mntreamer.usecases.recordings.stored.source import Source
from tests.integration.recorder.desk import BUNDLE_BYTES, QUICK, Desk, Ill, Slow, Store, bundle, open_desk, source


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    with open_desk(tmp_path, monkeypatch) as opened:
        yield opened


def test_bundles_are_stored_and_listed_in_order(desk: Desk) -> None:
    shelf = desk.shelf()
    shelf.keep([bundle(0), bundle(1)])
    shelf.keep([bundle(2)])

    assert desk.written(shelf) == [0, 1, 2]
    assert desk.body(1) == b"".join(piece.body for piece in bundle(1).pieces)
    assert shelf.books.progress["size_bytes"] == 3 * BUNDLE_BYTES
    assert desk.waiting == (0, 0)


def test_a_store_that_fails_and_comes_back_costs_nothing(desk: Desk) -> None:
    desk.store.before = ill = Ill()
    shelf = desk.shelf()
    shelf.keep([bundle(number) for number in range(4)])
    desk.wait_for_files(4)

    assert shelf.take_stored() == []
    assert "No space left on device" in (shelf.trouble or "")
    ill.is_well.set()
    assert desk.written(shelf) == [0, 1, 2, 3]
    assert shelf.losses() == []
    assert shelf.trouble is None
    assert desk.waiting == (0, 0)


def test_while_the_store_fails_what_waits_is_on_disk(desk: Desk) -> None:
    desk.store.before = ill = Ill()
    shelf = desk.shelf()
    shelf.keep([bundle(0)])
    assert ill.has_failed.wait(20)
    shelf.keep([bundle(1), bundle(2)])

    desk.wait_for_files(3)


def test_a_slow_store_is_bridged_by_memory_then_by_disk(desk: Desk) -> None:
    desk.a_spool(memory_bytes=3 * BUNDLE_BYTES)
    desk.store.before = slow = Slow()
    shelf = desk.shelf()
    for number in range(8):
        shelf.keep([bundle(number)])
    assert slow.was_asked.wait(20)

    desk.wait_until(lambda: desk.waiting == (3 * BUNDLE_BYTES, 5 * BUNDLE_BYTES))
    slow.may.set()
    assert desk.written(shelf) == list(range(8))
    assert desk.waiting == (0, 0)


def test_what_finds_no_room_is_lost_and_says_why_and_what_to_do(desk: Desk) -> None:
    desk.a_spool(memory_bytes=2 * BUNDLE_BYTES, disk_bytes=2 * BUNDLE_BYTES)
    desk.store.before = ill = Ill()
    shelf = desk.shelf()
    for number, waiting in enumerate([(0, 1), (0, 2), (1, 2), (2, 2)]):
        shelf.keep([bundle(number)])
        desk.wait_until(lambda: desk.waiting == (waiting[0] * BUNDLE_BYTES, waiting[1] * BUNDLE_BYTES))  # noqa: B023
    shelf.keep([bundle(4), bundle(5)])
    ill.is_well.set()
    listed = desk.written(shelf)
    losses = shelf.losses()

    assert len(listed) == 4
    assert listed == sorted(set(range(6)) - {loss.sequence // 3 for loss in losses})
    first = losses[0]
    date = source(first.sequence).program_date_time
    assert first == Loss(0, first.sequence, Cause.NOT_STORED, first.why, date, 2.0)
    assert "MNTREAMER_SPOOL_BYTES" in first.why
    assert "token" not in first.why
    assert shelf.losses() == []


def test_after_a_loss_the_recording_goes_on_with_a_break(desk: Desk) -> None:
    desk.a_spool(memory_bytes=BUNDLE_BYTES, disk_bytes=0)
    desk.store.before = slow = Slow()
    shelf = desk.shelf()
    shelf.keep([bundle(0)])
    assert slow.was_asked.wait(20)
    shelf.keep([bundle(1)])
    slow.may.set()
    shelf.wait(20)
    shelf.keep([bundle(2)])

    assert desk.written(shelf) == [0, 2]
    assert [loss.sequence for loss in shelf.losses()] == [3, 4, 5]
    listed = Source(desk.store, desk.recording.prefix).listing.segments
    assert [segment.discontinuity for segment in listed] == [False, True]


def test_memory_stays_flat_while_the_store_is_down_for_long(desk: Desk) -> None:
    megabyte = 1_000_000
    desk.a_spool(memory_bytes=4 * megabyte, disk_bytes=100 * megabyte)
    desk.store.before = ill = Ill()
    shelf = desk.shelf()
    tracemalloc.start()
    try:
        for number in range(80):
            shelf.keep([bundle(number, piece_bytes=megabyte // 3)])
            assert desk.spool.memory.used_bytes <= 4 * megabyte
        shelf.wait(1)
        _, peak_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak_bytes < 24 * megabyte
    ill.is_well.set()
    assert desk.written(shelf) == list(range(80))


def test_a_store_that_is_well_again_is_not_waited_for_when_the_recorder_leaves(desk: Desk) -> None:
    desk.store.before = ill = Ill()
    shelf = desk.shelf(replace(QUICK, store_retry_s=3600.0, store_retry_longest_s=3600.0))
    shelf.keep([bundle(0)])
    assert ill.has_failed.wait(20)
    ill.is_well.set()

    assert desk.written(shelf) == [0]


def _told_bytes(log: str) -> int:
    """How many bytes are said to wait for the next recorder."""
    return sum(int(size) for size in re.findall(r"(\d+) bytes of them wait in the spool", log))


def test_what_is_not_stored_when_the_recorder_leaves_is_stored_by_the_next(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    desk.store.before = ill = Ill()
    first = desk.shelf()
    first.keep([bundle(number) for number in range(3)])
    desk.wait_for_files(3)
    first.close()
    desk.wait_until(lambda: _told_bytes(caplog.text) == 3 * BUNDLE_BYTES)

    desk.a_spool()
    second = desk.shelf()
    assert second.last
    assert second.last.name == bundle(2).name
    second.keep([bundle(3)])
    ill.is_well.set()

    assert desk.written(second) == [0, 1, 2, 3]
    assert follows(second.last.name, bundle(3).name)
    assert desk.waiting == (0, 0)
    assert desk.files == []


def test_a_crash_while_the_store_fails_costs_nothing(desk: Desk) -> None:
    desk.store.before = Ill()
    dying = desk.shelf()
    dying.keep([bundle(0), bundle(1)])
    desk.wait_for_files(2)

    desk.store = Store(desk.folder / "data")  # as the next process finds all: nothing of the first one was closed
    desk.a_spool()

    assert desk.written(desk.shelf()) == [0, 1]


def test_what_another_recorder_has_stored_meanwhile_is_not_listed_twice(desk: Desk) -> None:
    desk.store.before = ill = Ill()
    first = desk.shelf()
    first.keep([bundle(0), bundle(1)])
    desk.wait_for_files(2)
    other = desk.shelf()
    other.keep([bundle(0)])
    ill.is_well.set()
    assert desk.written(other) == [0]
    desk.store.before = Ill()
    first.close()

    desk.store.before = lambda _: None
    desk.a_spool()
    third = desk.shelf()
    assert desk.written(third) == [0, 1]
    assert desk.waiting == (0, 0)


def test_what_nobody_comes_for_is_stored_all_the_same(desk: Desk) -> None:
    desk.store.before = ill = Ill()
    shelf = desk.shelf()
    shelf.keep([bundle(0), bundle(1)])
    desk.wait_for_files(2)
    shelf.close()
    later = desk.a_spool()

    keep_left(desk.store, later)
    assert later.disk.used_bytes == 2 * BUNDLE_BYTES
    ill.is_well.set()
    keep_left(desk.store, later)

    assert later.disk.used_bytes == 0
    playlist = Source(desk.store, desk.recording.prefix).end()
    assert playlist
    assert [segment.name for segment in playlist.segments] == [bundle(0).name, bundle(1).name]


def test_a_file_that_is_taken_away_is_one_loss_and_stops_nothing(desk: Desk) -> None:
    desk.store.before = ill = Ill()
    shelf = desk.shelf()
    shelf.keep([bundle(0), bundle(1)])
    desk.wait_for_files(2)
    desk.files[0].unlink()
    ill.is_well.set()

    assert desk.written(shelf) == [1]
    losses = shelf.losses()
    assert [loss.sequence for loss in losses] == [0, 1, 2]
    assert {loss.cause for loss in losses} == {Cause.NOT_STORED}


def test_a_file_of_the_recorder_before_that_is_taken_away_is_a_loss_as_well(desk: Desk) -> None:
    desk.store.before = ill = Ill()
    first = desk.shelf()
    first.keep([bundle(0)])
    desk.wait_for_files(1)
    first.close()
    desk.a_spool()
    second = desk.shelf()
    desk.files[0].unlink()
    ill.is_well.set()

    assert desk.written(second) == []
    losses = [(loss.sequence, loss.cause, loss.begin, loss.duration_s) for loss in second.losses()]
    assert losses == [(n, Cause.NOT_STORED, source(n).program_date_time, 2.0) for n in range(3)]


def test_after_a_crash_the_size_is_that_of_all_that_is_listed(desk: Desk) -> None:
    shelf = desk.shelf()
    shelf.keep([bundle(0)])
    desk.written(shelf)
    counted = shelf.books.progress
    shelf.keep([bundle(1)])
    desk.written(shelf)
    shelf.keep([bundle(2)])
    shelf.wait(20)

    desk.recording = replace(desk.recording, segments=1, size_bytes=counted["size_bytes"])

    assert desk.shelf().books.progress["size_bytes"] == 3 * BUNDLE_BYTES
