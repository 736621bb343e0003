"""The use cases over the local adapters, a platform that a test scripts, and a clock that stands still."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from mntreamer.domain.errors import LaunchFailed, NotFound, PlatformError
from mntreamer.domain.monitors.check import Outcome
from mntreamer.domain.monitors.due import Due
from mntreamer.domain.monitors.probe import Broadcast, Channel, Live, Offline, Playback, Probe
from mntreamer.domain.monitors.streamer import Streamer
from mntreamer.domain.recordings.recording import Recording
from mntreamer.ports import Ports
from mntreamer.settings import Settings
from mntreamer.tick.tick import tick
from tests.contract.local_ports import local_ports
from tests.contract.platforms import EasyPlatform
from tests.contract.records import NOON, a_streamer

RECONNECT_WINDOW = timedelta(minutes=5)


@dataclass
class ScriptedPlatform(EasyPlatform):
    """Shows what the test says; a PlatformError is raised. Knows the channels in `channels`."""

    shows: dict[str, Probe | PlatformError] = field(default_factory=dict)
    channels: list[Channel] = field(default_factory=list)
    probed: list[str] = field(default_factory=list)
    past: dict[str, list[Broadcast] | NotFound | PlatformError] = field(default_factory=dict)

    def past_broadcasts(self, channel_id: str) -> list[Broadcast]:
        told = self.past.get(channel_id, [])
        if isinstance(told, NotFound | PlatformError):
            raise told
        return told

    def probe(self, channel_id: str) -> Probe:
        self.probed.append(channel_id)
        shown = self.shows.get(channel_id, Offline())
        if isinstance(shown, PlatformError):
            raise shown
        return shown

    def channel(self, channel_id: str) -> Channel:
        return next(channel for channel in self.channels if channel.channel_id == channel_id)

    def channel_id_in(self, url: str) -> str:
        return url.rpartition("/")[2]

    def search(self, nickname: str) -> list[Channel]:
        return [channel for channel in self.channels if nickname in channel.channel_name]

    def playback(self, channel_id: str) -> Playback:
        raise AssertionError(f"only a recorder asks how {channel_id} is played")


@dataclass
class Launches:
    """The launcher: remembers, and fails while `broken`."""

    started: list[tuple[str, int]] = field(default_factory=list)
    broken: bool = False

    def launch(self, recording_id: str, generation: int) -> None:
        if self.broken:
            raise LaunchFailed("no capacity")
        self.started.append((recording_id, generation))


@dataclass
class World:
    """One streamer `c1` unless a test adds more; `now` moves only when told to."""

    ports: Ports
    platform: ScriptedPlatform
    launches: Launches
    now: list[datetime]

    def later(self, **by: float) -> None:
        self.now[0] += timedelta(**by)

    def tick(self) -> dict[Outcome, int]:
        """Checks all that is due; how many had which outcome."""
        done = tick(self.ports, self.due, self.now[0] + timedelta(seconds=50))
        return dict(Counter(check.outcome for check in done.checks.values()))

    def goes_live(self, live_id: str = "1001") -> None:
        self.platform.shows["c1"] = Live(live_id, "title", "game", self.now[0] - timedelta(seconds=30))

    def goes_offline(self) -> None:
        self.platform.shows["c1"] = Offline()

    def until_due(self) -> None:
        """Moves the clock to when c1 is due."""
        assert self.streamer.check_at
        self.now[0] = max(self.now[0], self.streamer.check_at)

    @property
    def due(self) -> list[Due]:
        return self.ports.monitors.due(self.now[0], 1000)

    @property
    def streamer(self) -> Streamer:
        found = self.ports.monitors.get("chzzk:c1")
        assert found
        return found

    @property
    def recording(self) -> Recording:
        found = self.ports.recordings.get("chzzk:c1:1001")
        assert found
        return found


@pytest.fixture
def world(tmp_path: Path) -> World:
    now = [NOON]
    platform, launches = ScriptedPlatform(), Launches()

    def clock() -> datetime:
        return now[0]

    ports = local_ports(tmp_path, clock, platform, launches, Settings(reconnect_window=RECONNECT_WINDOW))
    ports.monitors.add(a_streamer(check_at=NOON))
    return World(ports, platform, launches, now)
