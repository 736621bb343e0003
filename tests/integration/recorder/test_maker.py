"""Whatever ails a bundle, or what makes a segment of it: it costs no other one."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from mntreamer.domain.playlists.source_playlist import SegmentName
from mntreamer.domain.recordings.loss import Cause, Loss
from mntreamer.domain.segments.bundling import Bundle
from mntreamer.recorder.child.remuxer import Remuxer
from mntreamer.recorder.storing import maker
from mntreamer.recorder.storing.make import Damaged, Made
from tests.contract.records import a_problem
from tests.integration.recorder.desk import BUNDLE_BYTES, Desk, bundle, joined, open_desk


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    with open_desk(tmp_path, monkeypatch) as opened:
        yield opened


def _slow_making(monkeypatch: pytest.MonkeyPatch) -> Event:
    may = Event()

    def make(whole: Bundle, _: Remuxer) -> Made:
        assert may.wait(60)
        return Made((joined(whole),), (), ())

    monkeypatch.setattr(maker, "make", make)
    return may


def test_bundles_that_wait_for_a_slow_remuxer_are_bounded_as_well(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    may = _slow_making(monkeypatch)
    desk.a_spool(memory_bytes=2 * BUNDLE_BYTES, disk_bytes=2 * BUNDLE_BYTES)
    shelf = desk.shelf()
    shelf.keep([bundle(number) for number in range(5)])

    assert desk.waiting == (2 * BUNDLE_BYTES, 2 * BUNDLE_BYTES)
    assert [loss.sequence for loss in shelf.losses()] == [12, 13, 14]
    may.set()
    assert desk.written(shelf) == [0, 1, 2, 3]


def test_what_is_still_being_made_is_not_stored_yet(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    may = _slow_making(monkeypatch)
    shelf = desk.shelf()
    shelf.keep([bundle(0)])

    assert shelf.is_waiting
    may.set()
    assert desk.written(shelf) == [0]
    assert not shelf.is_waiting


def test_where_there_is_no_room_for_a_bundle_what_it_repeats_is_missing_as_well(desk: Desk) -> None:
    desk.a_spool(memory_bytes=0, disk_bytes=0)
    shelf = desk.shelf()
    whole = bundle(0)
    shelf.keep([replace(whole, pieces=(whole.pieces[0], whole.pieces[2]))])

    losses = [(loss.sequence, loss.cause, loss.duration_s) for loss in shelf.losses()]
    assert losses == [(n, Cause.NOT_STORED, lasts_s) for n, lasts_s in enumerate((2.0, 0.0, 2.0))]


def test_one_bundle_that_cannot_be_made_costs_only_itself(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def make(whole: Bundle, _: Remuxer) -> Made:
        if whole.name.first == 3:
            raise RuntimeError("https://signed.example/?token")
        return Made((joined(whole),), (), ())

    monkeypatch.setattr(maker, "make", make)
    shelf = desk.shelf()
    shelf.keep([bundle(number) for number in range(3)])

    assert desk.written(shelf) == [0, 2]
    losses = shelf.losses()
    assert [(loss.sequence, loss.cause) for loss in losses] == [(n, Cause.DAMAGED) for n in (3, 4, 5)]
    assert "token" not in losses[0].why


def test_a_bundle_that_cannot_be_made_just_now_is_made_later(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    failures = [OSError(11, "Resource temporarily unavailable")] * 3

    def make(whole: Bundle, _: Remuxer) -> Made:
        if failures:
            raise failures.pop()
        return Made((joined(whole),), (), ())

    monkeypatch.setattr(maker, "make", make)
    shelf = desk.shelf()
    shelf.keep([bundle(0), bundle(1)])

    assert desk.written(shelf) == [0, 1]


def _damaging(monkeypatch: pytest.MonkeyPatch) -> None:
    def make(whole: Bundle, _: Remuxer) -> Made:
        name, piece = whole.name, whole.pieces[0]
        loss = Loss(0, name.first, Cause.DAMAGED, "not media", piece.segment.program_date_time, 2.0)
        damaged = Damaged(SegmentName(0, name.first, name.first), piece.body)
        rest = replace(whole, name=SegmentName(0, name.first + 1, name.last), pieces=whole.pieces[1:])
        return Made((joined(rest),), (loss,), (damaged,))

    monkeypatch.setattr(maker, "make", make)


def test_the_bytes_of_what_cannot_be_read_are_kept_beside_the_recording(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    _damaging(monkeypatch)
    shelf = desk.shelf()
    shelf.keep([bundle(number) for number in range(25)])
    desk.written(shelf)

    kept = list(desk.store.list_keys(desk.recording.prefix + "damaged/"))
    assert kept[0] == desk.recording.prefix + "damaged/000-0000000000-0000000000.bin"
    assert len(kept) == 20
    stored = desk.store.get(kept[1])
    assert stored
    assert stored.body == bundle(1).pieces[0].body
    assert len(shelf.losses()) == 25
    assert desk.waiting == (0, 0)


def test_no_segment_waits_for_bytes_that_nobody_needs(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def deny(key: str) -> None:
        if "damaged/" in key:
            raise PermissionError(13, "Permission denied")

    _damaging(monkeypatch)
    desk.store.before = deny
    shelf = desk.shelf()
    shelf.keep([bundle(0), bundle(1)])

    assert desk.written(shelf) == [0, 1]
    assert desk.waiting == (0, 0)


def test_a_refusal_of_the_media_is_passed_on(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(maker, "make", lambda _, __: Made((), (), (), a_problem("AV1 is not recorded")))
    shelf = desk.shelf()
    shelf.keep([bundle(0)])
    shelf.wait(20)

    assert shelf.refusal == "AV1 is not recorded"
