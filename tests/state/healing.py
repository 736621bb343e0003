"""From here on nothing fails: who is live and watched is recorded, who is not is free, and what is over is closed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from mntreamer.domain.monitors.probe import Live
from mntreamer.domain.monitors.streamer import Streamer, StreamerStatus
from mntreamer.domain.recordings.recording import Recording, RecordingStatus
from mntreamer.ports import Ports
from tests.state.actor import Actor
from tests.state.kept import is_finished
from tests.state.recorders import Leaving, Recorders
from tests.state.world import FakePlatform

# A recorder renews more often than that, and a tick comes each minute.
_STEP = timedelta(seconds=45)
# After everybody's time has come: what was given up is tried again, what is over is closed.
_PATIENCE = timedelta(minutes=20)


@dataclass
class Healing:
    ports: Ports
    platform: FakePlatform
    recorders: Recorders

    def all_ends_well(self) -> None:
        self._nothing_fails()
        left_alone = {row.streamer_id: row for row in self._streamers() if row.check_at is None}
        expected = {row.streamer_id: live for row in self._streamers() if (live := self._to_be_recorded(row))}
        self._until(lambda: all(self._is_recorded(name, live) for name, live in expected.items()))
        assert all(self._is_recorded(name, live) for name, live in expected.items()), self._told(expected)
        self._only_one_can_renew()
        self._everybody_goes_off_air()
        self._until(self._is_quiet)
        assert self._is_quiet(), self._told({})
        assert left_alone == {row.streamer_id: row for row in self._streamers() if row.streamer_id in left_alone}

    def work_until(self, end: datetime, is_well: Callable[[], bool] = lambda: False) -> None:
        """All do their work as time passes, until then or until it is well."""
        while self.platform.now < end and not is_well():
            self.platform.now = min(end, self.platform.now + self._until_something_happens())
            self._tick()
            self._recorders_go_on()

    def _tick(self) -> None:
        def tick() -> None:
            for due in self.ports.monitors.due(self.platform.now, 100):
                self.recorders.checks.check(due)

        self.platform.act(Actor(), tick)

    def _recorders_go_on(self) -> None:
        for task in list(self.recorders.launcher.running):
            self.platform.act(Actor(), partial(self.recorders.go_on, task))

    def _nothing_fails(self) -> None:
        self.platform.recovers()
        self.recorders.launcher.no_capacity = False
        for streamer in self._streamers():
            self.ports.monitors.update(streamer.streamer_id, {"filters": None})

    def _until(self, is_well: Callable[[], bool]) -> None:
        """Everybody's time comes, and then some patience."""
        times = [row.check_at for row in self._streamers() if row.check_at]
        self.work_until(max([self.platform.now, *times]) + _PATIENCE, is_well)

    def _until_something_happens(self) -> timedelta:
        """A recorder renews, or somebody is due."""
        if self.recorders.launcher.running:
            return _STEP
        due = [row.check_at - self.platform.now for row in self._streamers() if row.check_at]
        return max(min(due, default=_PATIENCE), _STEP)

    def _to_be_recorded(self, streamer: Streamer) -> Live | None:
        """Who is paused is recorded on where its recording is under way; what a person has finished stays so."""
        live = self.platform.live.get(streamer.channel_id)
        recording = self._recording(streamer.streamer_id, live) if live else None
        if recording and is_finished(recording):
            return None
        if live is None or not streamer.paused:
            return live
        is_under_way = recording is not None and recording.status is RecordingStatus.RECORDING
        return live if is_under_way else None

    def _is_recorded(self, streamer_id: str, live: Live) -> bool:
        streamer, recording = self.ports.monitors.get(streamer_id), self._recording(streamer_id, live)
        if not streamer or not recording:
            return False
        mine = {task for task in self.recorders.launcher.running if task.recording_id == recording.recording_id}
        beside = {(recording.recording_id, recording.standby)} if recording.recorders > 1 else set()
        return (
            (streamer.status, streamer.recording_id) == (StreamerStatus.RECORDING, recording.recording_id)
            and recording.status is RecordingStatus.RECORDING
            and mine == {(recording.recording_id, recording.generation)} | beside
            and len(mine) == recording.recorders
        )

    def _only_one_can_renew(self) -> None:
        """Of what is on air, whoever runs: those of before try as well; where two are wanted, the other stands by.

        Twice: whoever is taken over sees it the next time.
        """
        self._recorders_go_on()
        self._recorders_go_on()
        rows = [self.recorders.row(task) for task in self.recorders.launcher.running]
        alone = [row for row in rows if row.recorders == 1]
        holding = [row.channel_id for row in alone if row.channel_id in self.platform.live]
        assert len(holding) == len(set(holding)), self.recorders.launcher.running

    def _everybody_goes_off_air(self) -> None:
        """One recorder says so, the next one dies."""
        self.platform.live.clear()
        for number, task in enumerate(list(self.recorders.launcher.running)):
            if number % 2:
                self.recorders.end(task)
            else:
                self.platform.act(Actor(), partial(self.recorders.leave, task, Leaving.OVER))

    def _is_quiet(self) -> bool:
        streamers_are_free = all(
            (row.status, row.recording_id) == (StreamerStatus.IDLE, None) for row in self._streamers()
        )
        return streamers_are_free and not self.ports.recordings.newest([RecordingStatus.RECORDING], 1)

    def _streamers(self) -> list[Streamer]:
        return self.ports.monitors.listed(1000)

    def _recording(self, streamer_id: str, live: Live) -> Recording | None:
        return self.ports.recordings.get(f"{streamer_id}:{live.live_id}")

    def _told(self, expected: dict[str, Live]) -> str:
        recordings = self.ports.recordings.newest(list(RecordingStatus), 100)
        return f"{self.platform.now} {expected=} {self._streamers()} {recordings} {self.recorders.launcher.running}"
