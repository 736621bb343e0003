"""`python -m benchmarks.recorder.ours FOLDER TRUSTED URL …`: this recorder, as one machine runs it.

Each URL is a media playlist that is recorded into `FOLDER/media/NUMBER/`, until SIGTERM; `TRUSTED` is a file of
certificates. Exit codes: 0, or 1 where a recording ended before that.
"""

import signal
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from threading import Event
from urllib.parse import urlsplit

import requests

from benchmarks.recorder.ways import place_of
from mntreamer.clock import utc_now
from mntreamer.domain.monitors.probe import Channel, Live, Playback, Probe
from mntreamer.ports import Ports
from mntreamer.recorder.child.memory import give_back_large_bodies
from mntreamer.recorder.ending.ending import Ending
from mntreamer.recorder.record import record
from mntreamer.recorder.storing.workshop import Workshop, workshop
from mntreamer.settings import Settings
from mntreamer.usecases.recordings.launch_recorder import NoLauncher
from tests.contract.local_ports import local_ports
from tests.contract.platforms import EasyPlatform
from tests.contract.records import a_recording, a_streamer

_LEASE = timedelta(minutes=2)
_ON_AIR_FOR = timedelta(minutes=5)


def main() -> int:
    folder, trusted, *urls = sys.argv[1:]
    stop = Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    requests.adapters.DEFAULT_CA_BUNDLE_PATH = trusted
    give_back_large_bodies()
    ports = _ports(Path(folder), urls)
    with workshop(Path(folder) / "spool", ports.settings.spool_memory_bytes, ports.settings.spool_bytes) as shared:
        endings = _record_all(ports, len(urls), stop, shared)
    return 0 if set(endings) == {Ending.STOPPED} else 1


@dataclass
class AlwaysLive(EasyPlatform):
    """The platform of these playlists; a channel's id is its number."""

    urls: Sequence[str]

    def probe(self, channel_id: str) -> Probe:
        return Live(channel_id, "title", "category", utc_now())

    def playback(self, channel_id: str) -> Playback:
        return Playback(channel_id, self.urls[int(channel_id)])

    def channel(self, channel_id: str) -> Channel:
        return Channel(channel_id, channel_id)

    def channel_id_in(self, url: str) -> str:
        return url

    def search(self, nickname: str) -> list[Channel]:
        return [Channel(nickname, nickname)]


def _ports(folder: Path, urls: Sequence[str]) -> Ports:
    settings = Settings(allowed_hosts=frozenset(str(urlsplit(url).hostname) for url in urls))
    ports = local_ports(folder, utc_now, AlwaysLive(urls), NoLauncher(), settings)
    for channel in range(len(urls)):
        _open(ports, channel)
    return ports


def _open(ports: Ports, channel: int) -> None:
    now, name = utc_now(), str(channel)
    recording = a_recording(
        name, name, opened_at=now, started_at=now - _ON_AIR_FOR, lease_until=now + _LEASE, prefix=place_of(channel)
    )
    ports.recordings.open(recording, now.date())
    ports.monitors.add(a_streamer(name, recording_id=recording.recording_id, check_at=now + _LEASE))


def _record_all(ports: Ports, count: int, stop: Event, shared: Workshop) -> list[Ending]:
    """Each in a thread of its own."""
    with ThreadPoolExecutor(count) as threads:
        names = [a_recording(str(channel), str(channel)).recording_id for channel in range(count)]
        return list(threads.map(lambda name: record(ports, name, 1, stop, lambda _: None, shared), names))


if __name__ == "__main__":
    sys.exit(main())
