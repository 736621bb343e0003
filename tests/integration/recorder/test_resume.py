"""A recorder that follows another goes on in its recording: nothing twice, nothing stored is lost."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from mntreamer.domain.recordings.recording import RecordingStatus
from mntreamer.recorder.ending.ending import Ending
from mntreamer.usecases.recordings.close_recording import close_recording
from mntreamer_local.files.publishing_store import PublishingStore
from tests.integration.recorder.conftest import QUICK, Studio
from tests.integration.recorder.origin import Origin
from tests.integration.recorder.test_record import ALL


class Killed(BaseException):
    """Stands for SIGKILL: nothing after it runs."""


class DyingStore(PublishingStore):
    """Dies in front of its n-th write."""

    writes_left: int = 10**9

    def put_new(self, key: str, body: bytes, content_type: str, metadata: Mapping[str, str]) -> bool:
        self._count()
        return super().put_new(key, body, content_type, metadata)

    def put(self, key: str, body: bytes, content_type: str, replaces: str | None) -> str:
        self._count()
        return super().put(key, body, content_type, replaces)

    def _count(self) -> None:
        self.writes_left -= 1
        if self.writes_left < 0:
            raise Killed


@pytest.mark.parametrize("writes", range(7))
def test_a_recorder_killed_at_any_write_is_followed_without_a_double_or_a_loss(
    studio: Studio, origin: Origin, writes: int
) -> None:
    healthy = studio.ports.store
    assert isinstance(healthy, PublishingStore)
    dying = DyingStore(healthy._root, healthy._links)
    dying.writes_left = writes
    first = replace(studio, ports=replace(studio.ports, store=dying))
    origin.window = 14
    origin.on_look = lambda source: setattr(source, "hold", source.listed == 8)
    with pytest.raises(Killed):
        first.record()
    stored = set(studio.stored())

    origin.on_look = lambda source: setattr(source, "hold", False)
    studio.raise_generation()
    assert studio.record(generation=2) is Ending.OVER

    assert stored <= set(studio.stored())
    assert studio.ranges == ALL


def test_a_recorder_that_is_told_to_stop_keeps_what_it_has_and_the_next_goes_on(
    studio: Studio, origin: Origin
) -> None:
    def stop_at_seven(source: Origin) -> None:
        source.hold = source.listed == 7
        if source.requests["6.m4v"]:
            studio.stop.set()

    origin.on_look = stop_at_seven
    assert studio.record() is Ending.STOPPED
    assert studio.ranges == [(0, 9, 11), (0, 12, 14), (0, 15, 15)]
    assert studio.ports.monitors.due(studio.ports.clock(), 1)

    origin.on_look = lambda source: setattr(source, "hold", False)
    studio.stop.clear()
    studio.raise_generation()
    studio.record(generation=2)

    assert studio.ranges == [(0, 9, 11), (0, 12, 14), (0, 15, 15), (0, 16, 17), *ALL[3:]]
    assert studio.breaks == [False] * 6


def test_a_gap_between_two_recorders_is_a_discontinuity(studio: Studio, origin: Origin) -> None:
    def stop_at_three(source: Origin) -> None:
        source.hold = source.listed == 3
        if source.requests["2.m4v"]:
            studio.stop.set()

    origin.on_look = stop_at_three
    studio.record()

    origin.on_look = lambda source: setattr(source, "hold", False)
    origin.looks += 6
    studio.stop.clear()
    studio.raise_generation()
    studio.record(generation=2)

    assert studio.ranges == [(0, 9, 11), (0, 14, 14), *ALL[2:]]
    assert studio.breaks == [False, True, False, False, False]


def test_a_source_that_counts_anew_becomes_the_next_epoch(studio: Studio, origin: Origin) -> None:
    origin.restart_at = 8

    studio.record()

    assert studio.ranges == [(0, 9, 11), (0, 12, 14), (0, 15, 16), (1, 0, 2), (1, 3, 5)]
    assert studio.breaks == [False, False, False, True, False]


def test_whoever_lost_the_lease_leaves_and_ends_nothing(studio: Studio, origin: Origin) -> None:
    def overtake(source: Origin) -> None:
        if source.listed == 7:
            studio.raise_generation()
        source.hold = source.listed >= 9

    origin.on_look = overtake

    assert studio.record() is Ending.LEASE_LOST
    assert studio.recording.ended_at is None
    assert not studio.source.ended


def test_another_generations_recorder_does_not_start(studio: Studio) -> None:
    studio.raise_generation()

    assert studio.record(generation=1) is Ending.LEASE_LOST


def test_two_recorders_at_once_list_each_source_segment_once(studio: Studio, origin: Origin) -> None:
    origin.window = 14
    never_renewing = replace(QUICK, renew_every_s=3600.0)
    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(studio.record, 1, never_renewing) for _ in range(2)]
        endings = [recorder.result() for recorder in both]

    assert Ending.OVER in endings
    covered = [s for _, first, last in studio.ranges for s in range(first, last + 1)]
    assert covered == list(range(origin.first, 23))


def test_a_recorder_that_comes_after_the_closing_leaves_the_playlist_ended(studio: Studio, origin: Origin) -> None:
    def close_meanwhile(source: Origin) -> None:
        source.hold = source.listed == 8
        if source.requests["7.m4v"] and not studio.recording.closed_at:
            close_recording(studio.ports, studio.recording)

    origin.on_look = close_meanwhile

    assert studio.record() is Ending.LEASE_LOST
    assert studio.source.ended
    assert studio.recording.status is RecordingStatus.IDLE
