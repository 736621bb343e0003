"""A recording that is opened, a source that plays for it, and everything else as on one machine."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from mntreamer.clock import utc_now
from mntreamer.domain.monitors.streamer import Streamer
from mntreamer.domain.playlists.source_playlist import SourcePlaylist, parse_source
from mntreamer.domain.recordings.recording import Recording
from mntreamer.ports import Ports
from mntreamer.recorder.child.remuxer import Remuxer
from mntreamer.recorder.ending.ending import Ending
from mntreamer.recorder.pace import Pace
from mntreamer.recorder.record import record
from mntreamer.recorder.storing.spool import Spool
from mntreamer.recorder.storing.workshop import Workshop
from mntreamer.settings import Settings
from mntreamer.usecases.recordings.launch_recorder import NoLauncher
from tests.contract.local_ports import local_ports
from tests.contract.records import a_recording, a_streamer
from tests.integration.recorder.broadcast_media import at_work, encoded
from tests.integration.recorder.origin import Media, Origin, OriginPlatform

SEGMENTS = 14
QUICK = Pace(
    poll_every=0.02,
    poll_after_news=0.02,
    renew_every_s=0.05,
    stale_s=0.3,
    ask_every_s=0.1,
    resolve_every_s=0.05,
    retry_s=0.01,
    retry_longest_s=0.05,
    drain_s=5.0,
)


@pytest.fixture(scope="session")
def media() -> Media:
    """Fourteen real segments, made faster than they play."""
    return encoded(SEGMENTS)


@pytest.fixture
def origin(media: Media) -> Iterator[Origin]:
    server = Origin(media)
    with at_work(server):
        yield server


@dataclass
class Studio:
    """What a test records with. `generations` are recorders that run at the same time or one after another."""

    ports: Ports
    platform: OriginPlatform
    workshop: Workshop
    stop: Event = field(default_factory=Event)
    starts: list[Recording] = field(default_factory=list)

    def record(self, generation: int = 1, pace: Pace = QUICK) -> Ending:
        recording_id, start = self.recording.recording_id, self.starts.append
        return record(self.ports, recording_id, generation, self.stop, start, self.workshop, pace=pace)

    @property
    def recording(self) -> Recording:
        found = self.ports.recordings.get("chzzk:c1:1001")
        assert found
        return found

    @property
    def streamer(self) -> Streamer:
        found = self.ports.monitors.get("chzzk:c1")
        assert found
        return found

    @property
    def source(self) -> SourcePlaylist:
        stored = self.ports.store.get(self.recording.prefix + "source.m3u8")
        assert stored
        return parse_source(stored.body.decode())

    @property
    def told(self) -> dict[str, Any]:
        """What `recording.json` says."""
        stored = self.ports.store.get(self.recording.prefix + "recording.json")
        assert stored
        told: dict[str, Any] = json.loads(stored.body)
        return told

    @property
    def gaps(self) -> list[tuple[int, int, int, str]]:
        """What is missing by `recording.json`: epoch, first and last sequence and cause of each gap."""
        return [(gap["epoch"], gap["first"], gap["last"], gap["cause"]) for gap in self.told["gaps"]]

    @property
    def ranges(self) -> list[tuple[int, int, int]]:
        """What the source playlist lists: epoch, first and last sequence of each segment."""
        return [(s.name.epoch, s.name.first, s.name.last) for s in self.source.segments]

    @property
    def breaks(self) -> list[bool]:
        return [segment.discontinuity for segment in self.source.segments]

    def stored(self) -> list[str]:
        """The names of all stored segments, listed or not."""
        keys = self.ports.store.list_keys(self.recording.prefix + "segments/")
        return [key.rpartition("/")[2] for key in keys]

    def raise_generation(self) -> None:
        recording = self.recording
        later = utc_now() + timedelta(minutes=2)
        self.ports.recordings.update(
            recording.recording_id,
            {"generation": recording.generation + 1, "lease_until": later},
            {"generation": recording.generation},
        )


@pytest.fixture(scope="session")
def remuxer() -> Iterator[Remuxer]:
    with Remuxer() as child:
        yield child


@pytest.fixture
def studio(origin: Origin, tmp_path: Path, remuxer: Remuxer) -> Studio:
    platform = OriginPlatform(origin)
    settings = Settings(allowed_hosts=frozenset({"127.0.0.1"}))
    ports = local_ports(tmp_path, utc_now, platform, NoLauncher(), settings)
    until = utc_now() + timedelta(minutes=2)
    recording = a_recording(lease_until=until, opened_at=utc_now())
    ports.recordings.open(recording, recording.started_at.date())
    ports.monitors.add(a_streamer(recording_id=recording.recording_id, check_at=until))
    return Studio(ports, platform, Workshop(remuxer, Spool(tmp_path / "spool", 64_000_000, 1_000_000_000)))
