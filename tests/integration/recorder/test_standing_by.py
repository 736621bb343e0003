"""A recorder beside the holder of its recording stores what is not stored, and takes over when it is time."""

from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from mntreamer.clock import utc_now
from mntreamer.domain.recordings.recording import RecordingStatus
from mntreamer.recorder.ending.ending import Ending
from mntreamer.recorder.pace import Pace
from mntreamer.recorder.pool import Pool
from mntreamer.recorder.storing.spool import Spool
from mntreamer.recorder.storing.workshop import Workshop
from mntreamer.usecases.recordings.close_recording import close_recording
from tests.integration.recorder.conftest import QUICK, Studio
from tests.integration.recorder.origin import Origin
from tests.integration.recorder.test_record import ALL

MINUTE = timedelta(minutes=1)
BESIDE = replace(QUICK, hand_over_s=30.0, watch_every_s=0.05, yield_s=0.05)


def _seat(studio: Studio, *, recorders: int, **changes: Any) -> None:
    beside: Any = {
        "recorders": recorders,
        "standby": 2,
        "standby_until": utc_now() + timedelta(minutes=2),
        **changes,
    }
    studio.ports.recordings.update(studio.recording.recording_id, beside, {})


def _other(studio: Studio, folder: Path) -> Studio:
    """With a stop and a spool of its own."""
    spool = Spool(folder / "other-spool", 64_000_000, 1_000_000_000)
    return replace(studio, stop=Event(), workshop=Workshop(studio.workshop.remuxer, spool))


@pytest.fixture
def threads() -> Iterator[Pool]:
    """Nobody waits for who still records when a test has failed."""
    pool = Pool(2, "beside")
    yield pool
    pool.shutdown(wait=False, cancel_futures=True)


def _recording(threads: Pool, studio: Studio, generation: int, pace: Pace = BESIDE) -> Future[Ending]:
    return threads.submit(studio.record, generation, pace)


def test_a_standby_lists_nothing_and_writes_no_account(studio: Studio, origin: Origin) -> None:
    _seat(studio, recorders=2)
    origin.window = 14
    origin.on_look = lambda source: studio.stop.set() if source.listed == 14 and len(studio.stored()) >= 4 else None

    assert studio.record(2, BESIDE) is Ending.STOPPED

    assert studio.stored()
    assert list(studio.ports.store.list_keys(studio.recording.prefix + "source")) == []
    assert list(studio.ports.store.list_keys(studio.recording.prefix + "recording.json")) == []
    assert studio.platform.probes == 0
    recording = studio.recording
    assert (recording.generation, recording.segments) == (1, 0)
    assert recording.standby_until
    assert recording.standby_until <= utc_now()


def test_a_standby_whose_holder_is_gone_lists_all_that_both_have_stored(studio: Studio, origin: Origin) -> None:
    _seat(studio, recorders=2, lease_until=utc_now())
    origin.window = 14

    assert studio.record(2, BESIDE) is Ending.OVER

    assert studio.ranges == ALL
    assert studio.breaks == [False] * 5
    assert studio.recording.generation == 2
    assert studio.recording.ended_at


def test_a_holder_that_is_told_to_leave_stays_until_its_successor_has_joined(
    studio: Studio, origin: Origin, threads: Pool, tmp_path: Path
) -> None:
    successor = _other(studio, tmp_path)

    def in_order(source: Origin) -> None:
        if source.listed == 6 and not studio.stop.is_set():
            studio.stop.set()
            _seat(studio, recorders=1, leaving_at=utc_now())
            beside.append(_recording(threads, successor, 2))
        source.hold = source.listed == 10 and studio.recording.generation == 1

    beside: list[Future[Ending]] = []
    origin.on_look = in_order

    assert _recording(threads, studio, 1).result(60) is Ending.LEASE_LOST
    assert beside[0].result(60) is Ending.OVER
    assert studio.ranges == ALL
    assert studio.breaks == [False] * 5
    assert studio.recording.leaving_at is None
    assert studio.recording.generation == 2
    assert studio.told["gaps"] == []


def test_a_holder_whose_successor_does_not_come_leaves_in_time(studio: Studio, origin: Origin) -> None:
    origin.window = 14
    origin.on_look = lambda source: studio.stop.set() if source.listed == 5 else None

    assert studio.record(1, replace(BESIDE, hand_over_s=0.3)) is Ending.STOPPED

    assert studio.recording.leaving_at
    assert studio.recording.lease_until <= utc_now()
    assert studio.ranges[0] == ALL[0]


def test_what_a_holder_that_leaves_has_begun_is_listed_as_its_standby_has_it(
    studio: Studio, origin: Origin, threads: Pool, tmp_path: Path
) -> None:
    """The standby stores in one piece what is behind it as well: that would have no place behind the beginning."""
    standby = _other(studio, tmp_path)
    _seat(studio, recorders=2)
    origin.window = 14

    def in_order(source: Origin) -> None:
        is_stored = any(name.startswith("000-0000000015") for name in studio.stored())
        if source.listed == 11 and is_stored and source.requests["10.m4v"] >= 2:
            studio.stop.set()
        recording = studio.recording
        source.hold = source.listed == 11 and recording.generation == 1 and recording.lease_until > utc_now()

    origin.on_look = in_order
    second = _recording(threads, standby, 2)

    left = _recording(threads, studio, 1, replace(BESIDE, hand_over_s=0.0)).result(60)

    assert left in (Ending.STOPPED, Ending.LEASE_LOST)  # the standby may be quicker than what it says last
    assert second.result(60) is Ending.OVER
    assert "000-0000000018-0000000019.ts" in studio.stored()
    assert studio.ranges == ALL
    assert studio.told["gaps"] == []


def test_a_second_sigterm_changes_nothing(studio: Studio, origin: Origin) -> None:
    origin.on_look = lambda source: studio.stop.set() if source.listed >= 5 else None

    assert studio.record(1, BESIDE) is Ending.OVER
    assert studio.ranges == ALL


def test_a_standby_that_nobody_needs_leaves(studio: Studio, origin: Origin) -> None:
    _seat(studio, recorders=1, fruitless_launches=0)
    origin.window = 14

    assert studio.record(2, BESIDE) is Ending.LEASE_LOST


def test_a_standby_leaves_a_recording_that_is_closed(studio: Studio, origin: Origin) -> None:
    _seat(studio, recorders=2)
    origin.window = 14

    def close_once(source: Origin) -> None:
        if source.listed == 8 and studio.recording.status is RecordingStatus.RECORDING:
            close_recording(studio.ports, studio.recording)

    origin.on_look = close_once

    assert studio.record(2, BESIDE) is Ending.LEASE_LOST


def test_the_standby_of_a_part_that_has_no_next_one_leaves(studio: Studio, origin: Origin) -> None:
    holder = _full_at_the_eighth_segment(studio, origin)
    _seat(holder, recorders=2)
    origin.window = 14

    def close_once(source: Origin) -> None:
        if source.listed == 10 and holder.recording.status is RecordingStatus.RECORDING:
            close_recording(holder.ports, holder.recording, is_full=True)
            holder.ports.recordings.update(holder.recording.recording_id, {"ended_at": utc_now()}, {})

    origin.on_look = close_once

    assert holder.record(2, BESIDE) is Ending.LEASE_LOST


def _full_at_the_eighth_segment(studio: Studio, origin: Origin) -> Studio:
    def clock() -> datetime:
        return utc_now() + (MINUTE if origin.listed >= 8 else timedelta(0))

    settings = replace(studio.ports.settings, max_length=MINUTE)
    studio.ports.monitors.update("chzzk:c1", {"recorders": 2})
    return replace(studio, ports=replace(studio.ports, clock=clock, settings=settings))
