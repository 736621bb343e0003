"""Several recordings in one process: each has a source of its own, everything else they share."""

import gc
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from threading import Event, Thread

import pytest

from demo.waiting import wait_for
from mntreamer.clock import utc_now
from mntreamer.domain.monitors.probe import Channel, Playback, Probe
from mntreamer.domain.playlists.source_playlist import parse_source
from mntreamer.domain.recordings.recording import Recording
from mntreamer.ports import Ports
from mntreamer.recorder.ending.ending import Ending
from mntreamer.recorder.pace import Pace
from mntreamer.recorder.record import record
from mntreamer.recorder.storing.workshop import Workshop, workshop
from mntreamer.settings import Settings
from mntreamer.usecases.recordings.launch_recorder import NoLauncher
from mntreamer_local.files.links import LinkSigner
from mntreamer_local.files.publishing_store import PublishingStore
from mntreamer_local.serving.recorder_threads import RecorderThreads
from tests.contract.local_ports import local_ports
from tests.contract.platforms import EasyPlatform
from tests.contract.records import a_recording, a_streamer, minutes
from tests.integration.loopback_server import SILENCE
from tests.integration.recorder.conftest import QUICK, SEGMENTS, media
from tests.integration.recorder.origin import BUSY, Media, Origin, OriginPlatform

__all__ = ["media"]
BAD, GOOD = "bad", ("good", "better")
MANY = 20
WITHIN_S = 60.0
IMPATIENT = replace(QUICK, drain_s=0.5)
# Twenty sources are served by this very process, too.
GENTLE = replace(QUICK, poll_every=0.15, renew_every_s=1.0, stale_s=3.0)
_JUNK = b"\0\0\0\x10moof" + b"\xa5" * 8 + b"\0\0\1\0mdat" + b"\x5a" * 248


class Platforms(EasyPlatform):
    """One platform with a channel for each origin."""

    def __init__(self, origins: Mapping[str, Origin]) -> None:
        self.channels = {
            channel_id: OriginPlatform(origin, f"of {channel_id}") for channel_id, origin in origins.items()
        }

    def probe(self, channel_id: str) -> Probe:
        return self.channels[channel_id].probe(channel_id)

    def playback(self, channel_id: str) -> Playback:
        return self.channels[channel_id].playback(channel_id)

    def channel(self, channel_id: str) -> Channel:
        return Channel(channel_id, channel_id)

    def channel_id_in(self, url: str) -> str:
        return url.rpartition("/")[2]

    def search(self, nickname: str) -> list[Channel]:
        return [Channel(nickname, nickname)]


class SlowStore(PublishingStore):
    """Takes nothing of the bad channel before it is `well` again."""

    well = Event()

    def put_new(self, key: str, body: bytes, content_type: str, metadata: Mapping[str, str]) -> bool:
        if f"/{BAD}/" in key and key.endswith(".ts"):
            self.well.wait(WITHIN_S)
        return super().put_new(key, body, content_type, metadata)


@dataclass
class House:
    """Records every channel of the platform in this process. `endings` by channel."""

    ports: Ports
    platform: Platforms
    workshop: Workshop
    pace: Pace
    endings: dict[str, Ending] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.recorders = RecorderThreads(self._record, lambda *_: None)
        now = utc_now()
        for channel_id, channel in self.platform.channels.items():
            recording = a_recording(
                channel.live_id,
                channel_id,
                prefix=f"media/chzzk/{channel_id}/1/",
                started_at=now,
                opened_at=now,
                lease_until=now + minutes(2),
            )
            self.ports.monitors.add(a_streamer(channel_id, recording_id=recording.recording_id))
            self.ports.recordings.open(recording, recording.started_at.date())

    def begin(self) -> None:
        for channel_id in self.platform.channels:
            self.recorders.launch(self.recording(channel_id).recording_id, 1)

    def whole(self, channel_id: str) -> Recording | None:
        """The recording, once it is over; every source segment that was ever listed is in it."""
        if channel_id not in self.endings:
            return None
        assert self.endings[channel_id] is Ending.OVER
        stored = self.ports.store.get(f"media/chzzk/{channel_id}/1/source.m3u8")
        assert stored
        names = [segment.name for segment in parse_source(stored.body.decode()).segments]
        first = self.platform.channels[channel_id].origin.first
        sequences = [sequence for name in names for sequence in range(name.first, name.last + 1)]
        assert sequences == list(range(first, first + SEGMENTS))
        return self.recording(channel_id)

    def recording(self, channel_id: str) -> Recording:
        found = self.ports.recordings.get(f"chzzk:{channel_id}:of {channel_id}")
        assert found
        return found

    def _record(self, recording_id: str, generation: int, stop: Event) -> Ending:
        ending = record(self.ports, recording_id, generation, stop, lambda _: None, self.workshop, pace=self.pace)
        self.endings[recording_id.split(":")[1]] = ending
        return ending


@contextmanager
def serving(origin: Origin) -> Iterator[Origin]:
    with origin:
        thread = Thread(target=origin.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield origin
        finally:
            origin.stopping.set()
            origin.shutdown()
            thread.join()


@contextmanager
def house(tmp_path: Path, origins: Mapping[str, Origin], pace: Pace = IMPATIENT) -> Iterator[House]:
    with ExitStack() as left:
        for origin in origins.values():
            left.enter_context(serving(origin))
        platform = Platforms(origins)
        settings = Settings(allowed_hosts=frozenset({"127.0.0.1"}))
        ports = local_ports(tmp_path, utc_now, platform, NoLauncher(), settings)
        shared = left.enter_context(workshop(tmp_path / "spool", 64_000_000, 64_000_000))
        ports = replace(ports, store=SlowStore(tmp_path, LinkSigner(b"key", utc_now)))
        built = House(ports, platform, shared, pace)
        yield built
        built.recorders.finish()
        assert built.recorders.wait(WITHIN_S) == []


@pytest.fixture
def origins(media: Media) -> dict[str, Origin]:
    return {channel_id: Origin(media) for channel_id in (BAD, *GOOD)}


@pytest.fixture(autouse=True)
def well() -> Iterator[None]:
    SlowStore.well.set()
    yield
    SlowStore.well.set()


def _good_ones_are_whole(many: House) -> None:
    for channel_id in GOOD:
        wait_for(f"{channel_id} is whole", partial(many.whole, channel_id), WITHIN_S)
        assert many.recording(channel_id).lost_segments == 0


class TestOneBadStreamDelaysNoOther:
    """The good ones are over and whole while the bad one still is what it is."""

    def test_a_source_that_stalls(self, tmp_path: Path, origins: dict[str, Origin]) -> None:
        origins[BAD].hold = True
        origins[BAD].faults = {f"{index}.m4v": [SILENCE] * 100 for index in range(SEGMENTS)}
        with house(tmp_path, origins) as many:
            many.begin()
            _good_ones_are_whole(many)
            assert BAD not in many.endings
            assert many.recording(BAD).segments == 0
            origins[BAD].stopping.set()

    def test_a_source_whose_every_segment_fails(self, tmp_path: Path, origins: dict[str, Origin]) -> None:
        origins[BAD].hold = True
        origins[BAD].faults = {f"{index}.m4v": [BUSY] * 10_000 for index in range(SEGMENTS)}
        with house(tmp_path, origins) as many:
            many.begin()
            _good_ones_are_whole(many)
            assert BAD not in many.endings

    def test_a_source_of_junk(self, tmp_path: Path, media: Media, origins: dict[str, Origin]) -> None:
        origins[BAD] = Origin(Media(media.init, (_JUNK,) * SEGMENTS))
        with house(tmp_path, origins) as many:
            many.begin()
            _good_ones_are_whole(many)
            wait_for("junk ends, too", lambda: many.endings.get(BAD), WITHIN_S)
            assert many.recording(BAD).segments == 0

    def test_a_store_that_is_slow(self, tmp_path: Path, origins: dict[str, Origin]) -> None:
        SlowStore.well.clear()
        with house(tmp_path, origins) as many:
            many.begin()
            _good_ones_are_whole(many)
            assert many.recording(BAD).segments == 0
            SlowStore.well.set()
            wait_for("the bad one is whole at last", partial(many.whole, BAD), WITHIN_S)


def test_twenty_at_once_are_all_whole_and_leave_nothing_open(tmp_path: Path, media: Media) -> None:
    channels = [f"c{number}" for number in range(MANY)]
    with house(tmp_path, {channel_id: Origin(media) for channel_id in channels}, GENTLE) as many:
        threads, files = threading.active_count(), _open_files()
        many.begin()
        for channel_id in channels:
            wait_for(f"{channel_id} is whole", partial(many.whole, channel_id), WITHIN_S)
        assert many.recorders.wait(WITHIN_S) == []
        # What they share may stay open: far less than one for each.
        wait_for("their threads are gone", lambda: threading.active_count() < threads + MANY or None, WITHIN_S)
        wait_for("their files are closed", lambda: _open_files() < files + MANY or None, WITHIN_S)


def _open_files() -> int:
    """Without those of the database itself: what SQLite has closed it keeps for the next who opens the same file."""
    gc.collect()  # a connection of Python's is closed with its cache, which refers to it
    return sum(1 for file in Path("/proc/self/fd").iterdir() if not _target(file).endswith(".db"))


def _target(file: Path) -> str:
    try:
        return str(file.readlink())
    except FileNotFoundError:  # it was the listing's own
        return ""
