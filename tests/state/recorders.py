"""The recorders: started by a launcher that may have no capacity, alive, asleep or gone without a word."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from mntreamer.domain.errors import LaunchFailed, LeaseLost
from mntreamer.domain.monitors.due import due_of
from mntreamer.domain.monitors.probe import Live
from mntreamer.domain.monitors.topic import Topic
from mntreamer.domain.playlists.source_playlist import SegmentName
from mntreamer.domain.recordings.lease import has_standby, is_needless, keeps_up, takes_over
from mntreamer.domain.recordings.recording import Recording, RecordingChanges, RecordingStatus, recording_id_of
from mntreamer.domain.segments.stored_segment import StoredSegment, to_metadata
from mntreamer.ports import Ports
from mntreamer.usecases.monitors.why_left_out import why_left_out
from mntreamer.usecases.recordings.accompany_recording import free_seat
from mntreamer.usecases.recordings.hand_over_recording import hand_over_recording
from mntreamer.usecases.recordings.leave_recording import leave_recording, leave_unwanted
from mntreamer.usecases.recordings.relieve_recorder import relieve_recorder
from mntreamer.usecases.recordings.remember_session import remember_session
from mntreamer.usecases.recordings.renew_lease import renew_lease, renew_seat
from mntreamer.usecases.recordings.settle_recording import settle_recording
from mntreamer.usecases.recordings.stop_recording import leave_stopped
from mntreamer.usecases.recordings.take_over_recording import take_over_recording
from tests.contract.records import a_problem
from tests.state.actor import Write
from tests.state.checks import Checks
from tests.state.world import FakePlatform

_SEGMENT = StoredSegment(
    name=SegmentName(0, 0, 2),
    duration_s=6.0,
    program_date_time=None,
    discontinuity=False,
    first_pts_s=0.0,
    last_pts_s=6.0,
    init_digest="i",
    size_bytes=1,
)


class Task(NamedTuple):
    """A recorder, by what it was launched with."""

    recording_id: str
    generation: int


class Leaving(StrEnum):
    OVER = "the stream is over"
    STOPPED = "told to stop"
    REFUSED = "may not be recorded"
    UNWANTED = "left out"


@dataclass
class FakeLauncher:
    """`running` are those that were started and did not end, whether they hold a lease or not."""

    platform: FakePlatform
    no_capacity: bool = False
    launched: list[Task] = field(default_factory=list)
    running: list[Task] = field(default_factory=list)

    def launch(self, recording_id: str, generation: int) -> None:
        self.platform.before_write(Write(f"launch {recording_id}"))
        if self.no_capacity:
            raise LaunchFailed("no capacity")
        self.launched.append(Task(recording_id, generation))
        self.running.append(Task(recording_id, generation))


@dataclass
class Recorders:
    """What the running ones do, each as the real one does: it stores only what is on air."""

    ports: Ports
    platform: FakePlatform
    launcher: FakeLauncher
    checks: Checks

    def row(self, task: Task) -> Recording:
        recording = self.ports.recordings.get(task.recording_id)
        assert recording, task
        return recording

    def stands_by(self, task: Task) -> bool:
        row = self.row(task)
        return row.standby == task.generation and has_standby(row)

    def go_on(self, task: Task, *, stores: bool = True) -> None:
        """Store and renew, or renew on the platform's word only; who lost the lease leaves, or the seat beside it."""
        recording = replace(self.row(task), generation=task.generation)
        live = self.platform.live.get(recording.channel_id)
        try:
            if self.stands_by(task):
                self._stand_by(task, self.ports.clock() if stores and live else None)
                return
            if live is None:
                self._look_after_the_lease(task)
                return
            renewed = renew_lease(self.ports, recording, self._store(recording) if stores else {})
            if renewed.stopped_at:
                self._leave_stopped(task, renewed)
                return
            remember_session(self.ports, live.live_id, recording.streamer_id, recording.recording_id)
            self._assert_recorded_here(live, recording)
            self.checks.evidence.on_air(recording.channel_id)
        except LeaseLost:
            self.end(task)

    def leave(self, task: Task, leaving: Leaving) -> None:
        """It says why, under its generation. Over is only what is off air, refused only what is on air."""
        recording = replace(self.row(task), generation=task.generation)
        is_on_air = recording.channel_id in self.platform.live
        now, stands_by = self.ports.clock(), self.stands_by(task)
        self.end(task)
        if stands_by:
            free_seat(self.ports, self.row(task), task.generation)
        elif leaving is Leaving.OVER and not is_on_air:
            self.checks.evidence.seen_off_air(recording.channel_id, now)
            leave_recording(self.ports, recording, {}, now)
        elif leaving is Leaving.UNWANTED and self._is_left_out(recording):
            self.checks.evidence.seen_off_air(recording.channel_id, now)
            leave_unwanted(self.ports, recording, {})
        elif leaving is Leaving.REFUSED and is_on_air:
            leave_recording(self.ports, recording, {}, None, a_problem(leaving))
        else:
            leave_recording(self.ports, recording, {}, None)

    def _is_left_out(self, recording: Recording) -> bool:
        live = self.platform.live.get(recording.channel_id)
        topic = Topic(live.title, live.category) if live else None
        return topic is not None and why_left_out(self.ports, recording.streamer_id, topic) is not None

    def is_to_leave(self, task: Task) -> None:
        """It says so and goes on; a standby has nobody to wait for."""
        if self.stands_by(task):
            self.leave(task, Leaving.STOPPED)
        else:
            hand_over_recording(self.ports, self.row(task), task.generation)

    def relief_event(self, task: Task) -> None:
        """As the handler of stop events does it while the recorder is at work."""
        relieve_recorder(self.ports, *task)

    def end(self, task: Task) -> None:
        if task in self.launcher.running:
            self.launcher.running.remove(task)

    def stop_event(self, task: Task) -> None:
        """As the handler of stop events does it: settle, and check at once whoever is due by that."""
        actor, row = self.platform.actors[-1], self.row(task)
        is_late = task.generation not in (row.generation, row.standby)
        streamer = settle_recording(self.ports, *task, a_problem("exit code 137"))
        assert not (is_late and actor.written), f"{task} stopped long ago, and yet: {actor.written}"
        due = due_of(streamer) if streamer else None
        if due and due.check_at <= self.ports.clock():
            self.checks.check(due)

    def _stand_by(self, task: Task, stored_at: datetime | None) -> None:
        row, now = self.row(task), self.ports.clock()
        if keeps_up(row, now, stored_at):
            row = renew_seat(self.ports, row, task.generation)
        if is_needless(row, now):
            self.end(task)
        elif takes_over(row, now, stored_at):
            take_over_recording(self.ports, row)

    def _assert_recorded_here(self, live: Live, recording: Recording) -> None:
        found = self.ports.recordings.get(recording_id_of(recording.streamer_id, live.live_id))
        assert found, live
        assert found.recording_id == recording.recording_id, f"{live} is recorded here, too: {recording}"

    def _store(self, recording: Recording) -> RecordingChanges:
        key = f"{recording.prefix}segments/{_SEGMENT.name.file}"
        self.ports.store.put_new(key, b"x", "video/mp2t", to_metadata(_SEGMENT))
        now = self.ports.clock()
        first = recording.first_segment_at or now
        return RecordingChanges(first_segment_at=first, last_segment_at=now, fruitless_launches=0, problem=None)

    def _leave_stopped(self, task: Task, recording: Recording) -> None:
        self.end(task)
        leave_stopped(self.ports, recording, {})

    def _look_after_the_lease(self, task: Task) -> None:
        held = RecordingChanges(generation=task.generation, status=RecordingStatus.RECORDING)
        looked = self.ports.recordings.update(task.recording_id, {"lost_segments": 0}, held)
        if looked is None:
            raise LeaseLost(task.recording_id)
        if looked.stopped_at:
            self._leave_stopped(task, looked)
