"""What an exported file holds: every picture that was kept, on one line of time, with its sound in step."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from fractions import Fraction
from itertools import pairwise

import pytest

from mntreamer.domain.exports.export import ExportFormat, ExportStatus, is_abandoned
from mntreamer.domain.playlists.source_playlist import SegmentName
from mntreamer.ports import Upload
from mntreamer_local.files.file_store import FileStore
from tests.faults.takes import Encoding
from tests.integration.exporter.making import Making
from tests.integration.exporter.stored_recording import (
    FRAME_S,
    PACKET_S,
    SEGMENT_S,
    Content,
    StoredRecording,
    Times,
    content_of,
)

# MPEG-TS wraps within its third segment, which no cut takes away.
WRAPPING = Encoding(1, start_s=95_430)
RESTARTED = Encoding(2, start_s=10)
SMALLER = Encoding(3, width=128, height=72)


def moved_by(exported: Times, stored: Times) -> set[Fraction]:
    """By how much these were moved; MPEG-TS and MP4 count in ticks of their own."""
    wrap = Fraction(1 << 33, 90_000)
    moved = {exported[one] - at for one, at in stored.items() if one in exported}
    return {round(by - wrap * round(by / wrap), 3) for by in moved}


def are_even(times: Times, step: Fraction) -> bool:
    return all(abs(after - before - step) < Fraction(1, 1000) for before, after in pairwise(times.values()))


def check_one_line(file: Content, runs: list[list[Content]]) -> None:
    """All pictures in order and evenly; each run's sound within a packet of where its pictures are."""
    assert list(file.pictures) == [one for run in runs for segment in run for one in segment.pictures]
    assert are_even(file.pictures, FRAME_S)
    assert [one for run in runs for segment in run for one in segment.sound if one in file.sound] == list(file.sound)
    for run in runs:
        [pictures] = set.union(*(moved_by(file.pictures, segment.pictures) for segment in run))
        for heard in set.union(*(moved_by(file.sound, segment.sound) for segment in run)):
            assert abs(pictures - heard) <= PACKET_S + Fraction(1, 1000)
        assert sum(one not in file.sound for segment in run for one in segment.sound) <= 2


@pytest.mark.parametrize("export_format", ExportFormat)
def test_an_export_of_a_cut_recording_is_what_is_left_on_one_line(
    recording: StoredRecording, making: Making, export_format: ExportFormat
) -> None:
    recording.record(WRAPPING, 8)
    recording.record(RESTARTED, 4)
    runs = [range(4), range(5, 7), range(8, 9), range(10, 12)]
    order = making.order(recording, runs, export_format)

    made = making.make(order)

    assert (made.status, made.problem, made.progress) == (ExportStatus.DONE, None, 1.0)
    [file] = made.files
    assert file.size_bytes == len(making.body(order))
    assert file.duration_s == pytest.approx(9 * SEGMENT_S, abs=float(PACKET_S))
    check_one_line(making.content(order), [recording.contents(run) for run in runs])


def test_a_discontinuity_of_the_source_is_joined_as_a_cut_is(recording: StoredRecording, making: Making) -> None:
    recording.record(WRAPPING, 2)
    recording.record(RESTARTED, 2)
    order = making.order(recording, [range(4)])
    making.make(order)
    check_one_line(making.content(order), [recording.contents(range(2)), recording.contents(range(2, 4))])


def test_a_file_for_each_run_of_one_coding(recording: StoredRecording, making: Making) -> None:
    recording.record(WRAPPING, 2)
    recording.record(SMALLER, 2)
    recording.record(RESTARTED, 1)
    order = making.order(recording, [range(5)])

    files = making.make(order).files

    assert [file.coding.split(",")[0] for file in files] == ["h264 160x90", "h264 128x72", "h264 160x90"]
    assert [round(file.duration_s) for file in files] == [12, 12, 6]
    for number, run in enumerate((range(2), range(2, 4), range(4, 5)), 1):
        check_one_line(making.content(order, number), [recording.contents(run)])
        assert next(iter(making.content(order, number).pictures.values())) == 0


def test_it_tells_how_far_it_is(recording: StoredRecording, making: Making) -> None:
    recording.record(WRAPPING, 6)
    making.make(making.order(recording, [range(6)]))
    assert making.progress[0] == 0.0
    assert making.progress == sorted(making.progress)
    assert making.progress[-1] == 1.0
    assert len(set(making.progress)) == 7


def test_a_store_that_takes_minutes_to_put_a_file_together_is_waited_for(
    recording: StoredRecording, making: Making, store: FileStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    recording.record(WRAPPING, 2)
    order, upload, minutes = making.order(recording, [range(2)]), store.upload, timedelta(minutes=9)
    is_given_up: list[bool] = []

    @contextmanager
    def slow_upload(key: str, content_type: str) -> Iterator[Upload]:
        with upload(key, content_type) as begun:
            yield begun
            making.now += minutes
            is_given_up.append(is_abandoned(making.state(order), making.now))

    monkeypatch.setattr(store, "upload", slow_upload)

    assert making.make(order).status is ExportStatus.DONE
    assert is_given_up == [False]
    assert making.given_s[-1] > minutes.total_seconds()


def test_the_same_order_gives_the_same_bytes(recording: StoredRecording, making: Making, store: FileStore) -> None:
    recording.record(WRAPPING, 3)
    order = making.order(recording, [range(1), range(2, 3)])
    making.make(order)
    first = making.body(order)
    store.delete([making.key(order)])

    making.make(making.order(recording, [range(1), range(2, 3)]))

    assert making.body(order) == first


class TestWhatGoesWrong:
    def test_a_segment_that_is_gone_fails_it_with_the_reason(
        self, recording: StoredRecording, making: Making, store: FileStore
    ) -> None:
        recording.record(WRAPPING, 5)
        order = making.order(recording, [range(5)])
        store.delete([f"{recording.prefix}segments/{recording.segments[4].name.file}"])
        failed = making.make(order)
        assert failed.status is ExportStatus.FAILED
        assert failed.problem
        assert failed.problem.startswith(f"the segment {recording.segments[4].name.file} is gone")
        assert failed.problem.code == "segment_gone"
        assert self.files(store) == []

    def test_one_that_fails_in_its_second_file_leaves_no_first(
        self, recording: StoredRecording, making: Making, store: FileStore
    ) -> None:
        recording.record(WRAPPING, 1)
        recording.record(SMALLER, 2)
        order = making.order(recording, [range(3)])
        store.delete([f"{recording.prefix}segments/{recording.segments[2].name.file}"])
        assert making.make(order).status is ExportStatus.FAILED
        assert self.files(store) == []

    def test_one_that_is_removed_in_its_second_file_leaves_no_first(
        self, recording: StoredRecording, making: Making, store: FileStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        recording.record(WRAPPING, 1)
        recording.record(SMALLER, 2)
        order = making.order(recording, [range(3)])

        def remove(*_: object) -> None:
            if self.files(store).count(f"{order.export_id}-1.mp4"):
                store.delete([making.key(order)])

        monkeypatch.setattr(Making, "_look", remove)
        with pytest.raises(AssertionError):
            making.make(order)
        assert list(store.list_keys("exports/")) == []

    def test_a_segment_that_ffmpeg_cannot_read_is_named(
        self, recording: StoredRecording, making: Making, store: FileStore
    ) -> None:
        recording.record(WRAPPING, 2)
        store.path(f"{recording.prefix}segments/{recording.segments[1].name.file}").write_bytes(b"no media" * 999)
        failed = making.make(making.order(recording, [range(2)]))
        assert failed.status is ExportStatus.FAILED
        assert failed.problem
        assert recording.segments[1].name.file in failed.problem
        assert failed.problem.code == "segment_not_copied"
        assert self.files(store) == []

    def test_who_is_not_the_one_leaves(self, recording: StoredRecording, making: Making, store: FileStore) -> None:
        recording.record(WRAPPING, 1)
        order = making.order(recording, [range(1)])
        assert making.make(order, attempt=2).status is ExportStatus.QUEUED
        assert self.files(store) == []

    def test_one_that_is_removed_meanwhile_leaves_nothing(
        self, recording: StoredRecording, making: Making, store: FileStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        recording.record(WRAPPING, 3)
        order = making.order(recording, [range(3)])
        monkeypatch.setattr(Making, "_look", lambda *_: store.delete([making.key(order)]))
        with pytest.raises(AssertionError):
            making.make(order)
        assert list(store.list_keys("exports/")) == []

    def test_one_that_is_removed_just_before_its_end_leaves_nothing(
        self, recording: StoredRecording, making: Making, store: FileStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The last look is at a clock that has not moved on, so that nothing is written before the end."""
        recording.record(WRAPPING, 1)
        making.step *= 0
        order = making.order(recording, [range(1)])
        monkeypatch.setattr(Making, "_look", lambda *_: store.delete([making.key(order)]))
        with pytest.raises(AssertionError):
            making.make(order)
        assert list(store.list_keys("exports/")) == []

    @staticmethod
    def files(store: FileStore) -> list[str]:
        """Also those that nobody sees."""
        return [path.name for path in store.path("exports").rglob("*") if path.suffix != ".json" and path.is_file()]


def test_a_stored_segment_is_what_these_tests_take_it_for(recording: StoredRecording) -> None:
    recording.record(WRAPPING, 3)
    assert [segment.name for segment in recording.segments][-1] == SegmentName(0, 1006, 1008)
    content = content_of(recording.bodies[2])
    assert len(content.pictures) == SEGMENT_S / FRAME_S
    assert len(content.sound) in (281, 282)
