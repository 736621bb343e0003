"""Ticks, recorders, crashes and people in any order: exactly one recording of a session, and nobody is forgotten.

A rule is one thing that can happen. A crash can come before any write of any of them; while a channel is probed,
which is when time passes, something else can happen in between; a tick may see a page of the index that is old.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from mntreamer.domain.errors import LaunchFailed, LeaseLost, PlatformError
from mntreamer.domain.lease import LAUNCH_GRACE
from mntreamer.domain.probe import Channel, Live, Offline, Playback, Probe
from mntreamer.domain.recording import Recording, RecordingStatus
from mntreamer.domain.source_playlist import SegmentName
from mntreamer.domain.stored_segment import StoredSegment, to_metadata
from mntreamer.domain.streamer import Streamer, StreamerStatus
from mntreamer.ports import Monitors, Ports, Recordings
from mntreamer.settings import Settings
from mntreamer.usecases.check_monitors import check_one
from mntreamer.usecases.leave_recording import leave_recording
from mntreamer.usecases.remove_streamer import remove_streamer
from mntreamer.usecases.renew_lease import renew_lease
from mntreamer.usecases.settle_recording import settle_recording
from mntreamer_local.file_store import FileStore
from mntreamer_local.links import LinkSigner
from mntreamer_local.sqlite_monitors import SqliteMonitors
from mntreamer_local.sqlite_recordings import SqliteRecordings
from tests.contract.records import NOON, a_streamer
from tests.state.memory import MemoryMonitors, MemoryRecordings

# The same sequences each time, so that a failure is the change's; `make test-full` looks for new ones.
FULL = "MNTREAMER_TEST_FULL" in os.environ
MANY = 10
CHANNELS = ("c1", "c2")
LONGEST_WAIT = timedelta(minutes=50)
RECONNECT_WINDOW = timedelta(minutes=5)
channels = st.sampled_from(CHANNELS)


class Crash(BaseException):
    """The process is gone: nothing after it runs."""


@dataclass
class World:
    """What is outside: the platform, the recorders that run, and the time."""

    now: datetime = NOON
    live: dict[str, Live] = field(default_factory=dict)
    failing: set[str] = field(default_factory=set)
    sessions: int = 0
    running: list[tuple[str, int]] = field(default_factory=list)
    launches: list[tuple[str, int]] = field(default_factory=list)
    no_capacity: bool = False
    meanwhile: list[Callable[[], object]] = field(default_factory=list)
    writes_left: int | None = None

    name: str = "chzzk"
    title: str = "CHZZK"
    utc_offset_s: int = 9 * 3600

    def clock(self) -> datetime:
        return self.now

    def before_write(self) -> None:
        if self.writes_left is not None:
            self.writes_left -= 1
            if self.writes_left < 0:
                raise Crash

    def probe(self, channel_id: str) -> Probe:
        while self.meanwhile:
            self.meanwhile.pop()()
        if channel_id in self.failing:
            raise PlatformError("HTTP 500")
        return self.live.get(channel_id, Offline())

    def launch(self, recording_id: str, generation: int) -> None:
        if self.no_capacity:
            raise LaunchFailed("no capacity")
        self.launches.append((recording_id, generation))
        self.running.append((recording_id, generation))

    def channel(self, channel_id: str) -> Channel:
        return Channel(channel_id, channel_id)

    def channel_id_in(self, url: str) -> str:
        return url

    def search(self, nickname: str) -> list[Channel]:
        return [Channel(nickname, nickname)]

    def playback(self, channel_id: str) -> Playback:
        raise AssertionError(channel_id)


class Checking(RuleBasedStateMachine):
    """On the tables in memory; a subclass says on which others."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = TemporaryDirectory()
        self.folder = Path(self._folder.name)
        self.world = World()
        self.pages: list[Streamer] = []
        monitors, recordings = self.tables()
        self.ports = Ports(
            clock=self.world.clock,
            monitors=monitors,
            recordings=recordings,
            store=FileStore(self.folder, LinkSigner(b"key", self.world.clock)),
            launcher=self.world,
            platforms={"chzzk": self.world},
            settings=Settings(reconnect_window=RECONNECT_WINDOW),
        )

    def tables(self) -> tuple[Monitors, Recordings]:
        write = self.world.before_write
        return MemoryMonitors(on_write=write), MemoryRecordings(on_write=write)

    def teardown(self) -> None:
        try:
            self._all_ends_well()
        finally:
            self._folder.cleanup()

    # ---- what can happen ---------------------------------------------------------------------------------------

    @initialize()
    def two_are_watched(self) -> None:
        for channel in CHANNELS:
            self._add(channel)

    @rule(seconds=st.sampled_from([1, 20, 45, 61, 130, 600, 3600]))
    def time_passes(self, seconds: int) -> None:
        self.world.now += timedelta(seconds=seconds)

    @rule(channel=channels)
    def goes_live(self, channel: str) -> None:
        if channel not in self.world.live:
            self.world.sessions += 1
            self.world.live[channel] = Live(str(self.world.sessions), "t", "c", self.world.now)

    @rule(channel=channels)
    def goes_offline(self, channel: str) -> None:
        self.world.live.pop(channel, None)

    @rule(channel=channels)
    def platform_fails_or_recovers(self, channel: str) -> None:
        self.world.failing ^= {channel}

    @rule()
    def capacity_comes_and_goes(self) -> None:
        self.world.no_capacity = not self.world.no_capacity

    @rule()
    def index_is_read(self) -> None:
        """What a tick later sees: by then it may be old."""
        self.pages = self.ports.monitors.due(self.world.now, 10)

    @rule(crash_after=st.none() | st.integers(0, 5), stale=st.booleans())
    def tick(self, crash_after: int | None, *, stale: bool) -> None:
        page = self.pages if stale else self.ports.monitors.due(self.world.now, 10)
        for due in page:
            self._unless_it_crashes(crash_after, partial(check_one, self.ports, due))

    @rule(channel=channels)
    def ticks_at_the_same_time(self, channel: str) -> None:
        """A second tick has read the same page, and checks the streamer while the first one probes it."""
        found = self.ports.monitors.get(f"chzzk:{channel}")
        if found and not found.paused and found.check_at <= self.world.now:
            self.world.meanwhile.append(lambda: check_one(self.ports, found))
            check_one(self.ports, found)

    @rule(channel=channels)
    def something_happens_during_a_probe(self, channel: str) -> None:
        found = self.ports.monitors.get(f"chzzk:{channel}")
        if found and not found.paused and found.check_at <= self.world.now:
            self.world.meanwhile.append(self.recorder_stores_and_renews)
            check_one(self.ports, found)

    @precondition(lambda self: self.world.running)
    @rule(data=st.data())
    def recorder_stores(self, data: st.DataObject) -> None:
        self.recorder_stores_and_renews(data.draw(st.integers(0, len(self.world.running) - 1)))

    @precondition(lambda self: self.world.running)
    @rule(data=st.data(), told=st.booleans(), over=st.booleans(), crash_after=st.none() | st.integers(0, 1))
    def recorder_ends(self, data: st.DataObject, crash_after: int | None, *, told: bool, over: bool) -> None:
        """By itself, saying that the stream is over or that it was told to stop; the stop event may be lost."""
        recording_id, generation = self._any_running(data)
        recording = self.ports.recordings.get(recording_id)
        if recording and recording.generation == generation:
            ended_at = self.world.now if over else None
            self._unless_it_crashes(crash_after, lambda: leave_recording(self.ports, recording, {}, ended_at))
        if told:
            settle_recording(self.ports, recording_id, generation)

    @precondition(lambda self: self.world.running)
    @rule(data=st.data(), told=st.booleans())
    def recorder_dies(self, data: st.DataObject, *, told: bool) -> None:
        recording_id, generation = self._any_running(data)
        if told:
            settle_recording(self.ports, recording_id, generation)

    @precondition(lambda self: self.world.launches)
    @rule(data=st.data(), crash_after=st.none() | st.integers(0, 1))
    def stop_event_comes_late_or_twice(self, data: st.DataObject, crash_after: int | None) -> None:
        recording_id, generation = data.draw(st.sampled_from(self.world.launches))
        if (recording_id, generation) not in self.world.running:
            self._unless_it_crashes(crash_after, lambda: settle_recording(self.ports, recording_id, generation))

    @rule(channel=channels)
    def is_added_again(self, channel: str) -> None:
        self._add(channel)

    @rule(channel=channels, paused=st.booleans())
    def is_paused_or_resumed(self, channel: str, *, paused: bool) -> None:
        self.ports.monitors.update(f"chzzk:{channel}", {"paused": paused})

    @rule(channel=channels, crash_after=st.none() | st.integers(0, 4))
    def is_removed(self, channel: str, crash_after: int | None) -> None:
        if self.ports.monitors.get(f"chzzk:{channel}"):
            self._unless_it_crashes(crash_after, lambda: remove_streamer(self.ports, f"chzzk:{channel}"))

    # ---- what always holds -------------------------------------------------------------------------------------

    @invariant()
    def no_session_has_two_recordings(self) -> None:
        for session in range(1, self.world.sessions + 1):
            holders = {r.recording_id for r in self._recordings() if r.live_id == str(session)}
            alias = self._held_by_alias(session)
            assert len(holders | alias) <= 1, (session, holders, alias)

    @invariant()
    def no_generation_is_launched_twice(self) -> None:
        assert len(self.world.launches) == len(set(self.world.launches))

    @invariant()
    def everybody_is_due_some_time(self) -> None:
        for streamer in self.ports.monitors.list_all():
            assert streamer.check_at <= self.world.now + LONGEST_WAIT, streamer

    @invariant()
    def an_unfinished_recording_has_a_streamer_that_will_see_to_it(self) -> None:
        for recording in self._recordings():
            if recording.status is RecordingStatus.RECORDING and recording.lease_until <= self.world.now:
                streamer = self.ports.monitors.get(recording.streamer_id)
                assert streamer, recording
                assert streamer.check_at <= max(self.world.now, recording.lease_until) + LAUNCH_GRACE, streamer

    @invariant()
    def only_who_is_live_or_was_is_recording(self) -> None:
        for streamer in self.ports.monitors.list_all():
            if streamer.status is StreamerStatus.RECORDING:
                assert streamer.recording_id, streamer

    # ---- how it ends ---------------------------------------------------------------------------------------------

    def _all_ends_well(self) -> None:
        """From here on nothing fails: who is live is recorded, who is not is free, and every recording is closed."""
        self.world.failing.clear()
        self.world.no_capacity = False
        self.world.running.clear()
        for streamer in self.ports.monitors.list_all():
            self.ports.monitors.update(streamer.streamer_id, {"paused": False})
        self._minutes_pass(60)
        for streamer in self.ports.monitors.list_all():
            if live := self.world.live.get(streamer.channel_id):
                self._is_recorded(streamer, live)
        self.world.live.clear()
        self.world.running.clear()
        self._minutes_pass(20)
        for streamer in self.ports.monitors.list_all():
            assert (streamer.status, streamer.recording_id) == (StreamerStatus.IDLE, None), streamer
        assert all(recording.status is not RecordingStatus.RECORDING for recording in self._recordings())

    def _is_recorded(self, streamer: Streamer, live: Live) -> None:
        recording = self.ports.recordings.get(f"{streamer.streamer_id}:{live.live_id}")
        assert recording, (streamer, live)
        assert recording.status is RecordingStatus.RECORDING, recording
        assert (recording.recording_id, recording.generation) in self.world.running, recording
        assert streamer.recording_id == recording.recording_id, streamer

    def _minutes_pass(self, minutes: int) -> None:
        for _ in range(minutes * 2):
            self.world.now += timedelta(seconds=30)
            for due in self.ports.monitors.due(self.world.now, 10):
                check_one(self.ports, due)
            for index in reversed(range(len(self.world.running))):
                self.recorder_stores_and_renews(index)

    # ---- what the rules are made of --------------------------------------------------------------------------------

    def recorder_stores_and_renews(self, index: int = -1) -> None:
        """A recorder of an older generation finds that it has lost its lease, and leaves."""
        if not self.world.running:
            return
        recording_id, generation = self.world.running[index]
        recording = self.ports.recordings.get(recording_id)
        assert recording
        self._store_a_segment(recording)
        try:
            now = self.world.now
            counts: Any = {"last_segment_at": now, "first_segment_at": now, "fruitless_launches": 0}
            renew_lease(self.ports, replace(recording, generation=generation), counts)
        except LeaseLost:
            self.world.running.remove((recording_id, generation))

    def _store_a_segment(self, recording: Recording) -> None:
        segment = StoredSegment(
            name=SegmentName(0, 0, 2),
            duration_s=6.0,
            program_date_time=None,
            discontinuity=False,
            first_pts_s=0.0,
            last_pts_s=6.0,
            init_digest="i",
            size_bytes=1,
        )
        key = f"{recording.prefix}segments/{segment.name.file}"
        self.ports.store.put_new(key, b"x", "video/mp2t", to_metadata(segment))

    def _any_running(self, data: st.DataObject) -> tuple[str, int]:
        return self.world.running.pop(data.draw(st.integers(0, len(self.world.running) - 1)))

    def _unless_it_crashes(self, after_writes: int | None, action: Callable[[], object]) -> None:
        self.world.writes_left = after_writes
        try:
            action()
        except Crash:
            return
        finally:
            self.world.writes_left = None

    def _add(self, channel: str) -> None:
        self.ports.monitors.add(a_streamer(channel, check_at=self.world.now, added_at=self.world.now))

    def _recordings(self) -> list[Recording]:
        return self.ports.recordings.newest(list(RecordingStatus), 1000)

    def _held_by_alias(self, session: int) -> set[str]:
        found = (self.ports.recordings.get(f"chzzk:{channel}:{session}") for channel in CHANNELS)
        return {recording.recording_id for recording in found if recording}


class CheckingOnSqlite(Checking):
    def tables(self) -> tuple[Monitors, Recordings]:
        database = self.folder / "mntreamer.db"
        return CrashingMonitors(database, self.world), CrashingRecordings(database, self.world)


class CrashingMonitors(SqliteMonitors):
    def __init__(self, path: Path, world: World) -> None:
        super().__init__(path)
        self._world = world

    def update(self, *args: Any, **options: Any) -> Streamer | None:
        self._world.before_write()
        return super().update(*args, **options)


class CrashingRecordings(SqliteRecordings):
    def __init__(self, path: Path, world: World) -> None:
        super().__init__(path)
        self._world = world

    def open(self, *args: Any, **options: Any) -> Recording | None:
        self._world.before_write()
        return super().open(*args, **options)

    def update(self, *args: Any, **options: Any) -> Recording | None:
        self._world.before_write()
        return super().update(*args, **options)

    def add_alias(self, *args: Any, **options: Any) -> None:
        self._world.before_write()
        super().add_alias(*args, **options)


@pytest.mark.timeout(170 * (MANY if FULL else 1))
@pytest.mark.parametrize(("machine", "sequences"), [(Checking, 500), (CheckingOnSqlite, 100)])
def test_every_session_is_recorded_once_and_nobody_is_forgotten(machine: type[Checking], sequences: int) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=sequences * (MANY if FULL else 1),
            derandomize=not FULL,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )
