"""Where a row is recorded: a recording that is opened, the source's own time, everything else as on one machine."""

from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Self

from mntreamer.domain.media_path import SEGMENTS
from mntreamer.domain.playlists.source_playlist import parse_segment_name
from mntreamer.domain.recordings.lease import next_generation
from mntreamer.domain.recordings.recording import Recording
from mntreamer.domain.times import whole_milliseconds
from mntreamer.ports import Ports
from mntreamer.recorder.ending.ending import Ending
from mntreamer.recorder.pace import Pace
from mntreamer.recorder.record import record
from mntreamer.recorder.storing.workshop import Workshop
from mntreamer.settings import Settings
from mntreamer.usecases.recordings.close_recording import close_recording
from mntreamer.usecases.recordings.launch_recorder import NoLauncher
from tests.contract.local_ports import local_ports
from tests.contract.records import a_recording, a_streamer
from tests.faults.broadcast import BEGAN_AT
from tests.faults.platform import LIVE_ID, Broadcaster, OriginPlatform
from tests.faults.recorded import Recorded, read_recorded

_LEASE = timedelta(minutes=2)
# Before a token ends that lives for seconds instead of hours.
_TOKEN_RENEWED_S = 5.0


@dataclass
class Desk:
    """`stop` is what a recorder is told to leave with. `pace` is the product's own in the source's time.

    `generation` is whose recorder it records with, if nothing else is said.
    """

    ports: Ports
    pace: Pace
    recording_id: str
    stop: Event = field(default_factory=Event)
    generation: int = 1

    @classmethod
    def at(cls, source: Broadcaster, folder: Path, scale: float) -> Self:
        """With a recording that has just been opened; everything that is stored is in the folder."""
        ports = ports_at(source, folder)
        now = ports.clock()
        recording = a_recording(LIVE_ID, opened_at=now, started_at=BEGAN_AT, lease_until=now + _LEASE)
        ports.recordings.open(recording, recording.started_at.date())
        ports.monitors.add(a_streamer(recording_id=recording.recording_id, check_at=recording.lease_until))
        return cls(ports, pace_of(scale), recording.recording_id)

    @property
    def recording(self) -> Recording:
        found = self.ports.recordings.get(self.recording_id)
        if found is None:
            raise LookupError(f"{self.recording_id} is no longer there")
        return found

    def record(self, workshop: Workshop, generation: int | None = None) -> Ending:
        """One generation of it, in this thread."""
        told = (self.recording_id, generation or self.generation, self.stop)
        return record(self.ports, *told, lambda _: None, workshop, pace=self.pace)

    def raise_generation(self) -> int:
        """As whoever launches another recorder does; the new one."""
        recording = self.recording
        changes = next_generation(recording, self.ports.clock())
        self.ports.recordings.update(self.recording_id, changes, {"generation": recording.generation})
        return changes["generation"]

    def stored(self) -> set[tuple[int, int]]:
        """Epoch and sequence of all source segments that are in the store, listed or not."""
        keys = self.ports.store.list_keys(self.recording.prefix + SEGMENTS)
        return {(name.epoch, n) for name in map(parse_segment_name, keys) for n in range(name.first, name.last + 1)}

    def close(self) -> Recorded:
        """The recording is closed, as a due row would have it once the stream is over; what it holds then."""
        close_recording(self.ports, self.recording)
        return read_recorded(self.ports.store, self.recording)


def ports_at(source: Broadcaster, folder: Path) -> Ports:
    """As on one machine, in the source's own time."""

    def clock() -> datetime:
        return whole_milliseconds(BEGAN_AT + timedelta(seconds=source.now_s))

    settings = Settings(allowed_hosts=frozenset({"127.0.0.1"}))
    return local_ports(folder, clock, OriginPlatform(source), NoLauncher(), settings)


def pace_of(scale: float) -> Pace:
    """The product's pace, so many times as fast.

    Times of `ports.clock` are the source's already, and how long leaving may take is up to the machine.
    """
    usual = Pace()
    faster = {duration.name: getattr(usual, duration.name) / scale for duration in fields(Pace)}
    return replace(Pace(**faster), renew_url_before_s=_TOKEN_RENEWED_S, drain_s=usual.drain_s)
