"""A recorder at work on an AWS in process: what an hour uses, from minutes in which its source's time runs faster."""

import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from unittest.mock import patch

from benchmarks.cost.meter import Meter
from benchmarks.cost.use import Use, times, without
from mntreamer.aws.composition import serving_ports
from mntreamer.domain.media_path import SOURCE_PLAYLIST
from mntreamer.domain.recordings.recording import Recording
from mntreamer.domain.times import whole_milliseconds
from mntreamer.ports import Ports
from mntreamer.recorder.bookkeeping import books
from mntreamer.recorder.pace import write_interval_s
from mntreamer.recorder.storing.workshop import workshop
from mntreamer.usecases.recordings.close_recording import close_recording
from tests.contract.records import a_recording, a_streamer
from tests.faults.broadcast import BEGAN_AT, Stretch
from tests.faults.desk import Desk, pace_of
from tests.faults.origin import Origin
from tests.faults.platform import LIVE_ID, OriginPlatform
from tests.faults.row import Row
from tests.faults.takes import Container, Encoding

SCALE = 8.0
_PATIENCE_S = 4.0
# One encoder's run after another, each ending with a whole stored segment, which has three of the source's.
_STRETCHES = (Stretch(26, Encoding(1)), Stretch(24, Encoding(2, start_s=52)), Stretch(26, Encoding(3, start_s=100)))
_SETTLED_S, _MEASURED_S = 24.0, 120.0  # of the source; both whole renewals and whole segments
_SPOOL_BYTES = 100_000_000
_LEASE = timedelta(minutes=2)
_HOUR_S = 3600.0


@dataclass(frozen=True, slots=True)
class Recorded:
    """`start` is until the first segments are stored, `end` from the stream's end to the closed recording."""

    recording: Recording
    start: Use
    hour: Use
    end: Use
    source_writes_an_hour: float


def record_a_while(meter: Meter, recorders: int = 1) -> Recorded:
    """So many make it at once."""
    with _origin() as origin, tempfile.TemporaryDirectory() as folder:
        desk = _desk(origin, recorders)
        before = meter.use
        with workshop(Path(folder), _SPOOL_BYTES, _SPOOL_BYTES) as shared, ThreadPoolExecutor(recorders) as threads:
            endings = [threads.submit(desk.record, shared, number + 1) for number in range(recorders)]
            origin.clock.wait_until(_SETTLED_S)
            settled, writes = meter.use, meter.puts_of(SOURCE_PLAYLIST)
            origin.clock.wait_until(_SETTLED_S + _MEASURED_S)
            measured, more_writes = meter.use, meter.puts_of(SOURCE_PLAYLIST)
            for ending in endings:
                ending.result()
        close_recording(desk.ports, desk.recording)
        hour = times(without(measured, settled), _HOUR_S / _MEASURED_S)
        in_the_rest = times(hour, (origin.row.over_at_s - _SETTLED_S - _MEASURED_S) / _HOUR_S)
        return Recorded(
            recording=desk.recording,
            start=without(without(settled, before), times(hour, _SETTLED_S / _HOUR_S)),
            hour=hour,
            end=without(without(meter.use, measured), in_the_rest),
            source_writes_an_hour=(more_writes - writes) * _HOUR_S / _MEASURED_S,
        )


@contextmanager
def _origin() -> Iterator[Origin]:
    """The recorder writes its playlists in the source's time, as it does everything else."""
    with (
        Origin(Row("an hour", _STRETCHES), Container.TS, SCALE, _PATIENCE_S) as origin,
        patch.object(books, "write_interval_s", lambda listed: write_interval_s(listed) / SCALE),
    ):
        yield origin


def _desk(origin: Origin, recorders: int) -> Desk:
    """A channel's own for each number of recorders."""
    ports = _ports(origin)
    now, channel = ports.clock(), f"c{recorders}"
    recording = a_recording(
        LIVE_ID,
        channel,
        opened_at=now,
        started_at=BEGAN_AT,
        lease_until=now + _LEASE,
        recorders=recorders,
        prefix=f"media/chzzk/{channel}/2026/11/22/1/",
        **({"standby": 2, "standby_until": now + _LEASE} if recorders > 1 else {}),
    )
    ports.recordings.open(recording, recording.started_at.date())
    ports.monitors.add(a_streamer(channel, recording_id=recording.recording_id, check_at=recording.lease_until))
    # Time runs too fast for pictures: `pictured_hour` takes them.
    return Desk(ports, replace(pace_of(SCALE), look_every_s=_HOUR_S), recording.recording_id)


def _ports(origin: Origin) -> Ports:
    """As of a task, in the source's own time."""

    def clock() -> datetime:
        return whole_milliseconds(BEGAN_AT + timedelta(seconds=origin.now_s))

    platform = OriginPlatform(origin)
    return replace(serving_ports(), clock=clock, platforms={platform.name: platform})
