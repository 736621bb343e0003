"""ECS, EventBridge and the schedule, as far as recorders are theirs: each a process, all in a source's time."""

import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import pairwise

from mntreamer.domain.errors import LaunchFailed
from mntreamer.domain.monitors.due import AHEAD, due_of
from mntreamer.domain.monitors.streamer import Streamer
from mntreamer.ports import Ports
from mntreamer.usecases.monitors.check_monitor import check_monitor
from mntreamer.usecases.recordings.relieve_recorder import relieve_recorder
from mntreamer.usecases.recordings.settle_recording import settle_recording
from tests.faults.recorder_processes import start_recorder
from tests.faults.stage import Stage

# As the task that is deployed has it, and ECS with it.
HAND_OVER_S = 90.0
_KILLED_AFTER_S = 120.0
_TICK_EVERY_S = 20.0
_STOP_IS_TOLD_AFTER_S = 1.0
_LOOK_EVERY_S = 0.02
_WITHIN_S = 240.0


@dataclass
class Work:
    """One recorder's, in seconds of the source; `ends_s` and `code` are None while it is at work."""

    process: "subprocess.Popen[bytes]"
    begins_s: float
    ends_s: float | None = None
    code: int | None = None


@dataclass
class Cloud:
    """A recorder starts `starts_after_s` after its launch; of all launches, the first `refused` are."""

    stage: Stage
    starts_after_s: float = 0.0
    refused: int = 0
    works: dict[int, Work] = field(default_factory=dict)
    _planned: list[tuple[float, Callable[[], object]]] = field(default_factory=list)
    _starting: int = 0

    @property
    def ports(self) -> Ports:
        return replace(self.stage.desk.ports, launcher=self)

    @property
    def holder(self) -> int:
        return self.stage.desk.recording.generation

    @property
    def overlaps_s(self) -> list[float]:
        """For how long two were at work, of each that was followed by another beside it."""
        in_order = [self.works[generation] for generation in sorted(self.works)]
        pairs = [(before.ends_s, after.begins_s) for before, after in pairwise(in_order)]
        return [ends_s - begins_s for ends_s, begins_s in pairs if ends_s is not None and begins_s < ends_s]

    def launch(self, recording_id: str, generation: int) -> None:
        if self.refused:
            self.refused -= 1
            raise LaunchFailed(f"there is no room for {recording_id}")
        self._starting += 1
        self.after(self.starts_after_s, lambda: self._start_launched(generation))

    def start(self, generation: int) -> None:
        origin, folder, recording_id = self.stage.origin, self.stage.folder, self.stage.desk.recording_id
        process = start_recorder(
            folder, origin.page_url, origin.clock.scale, recording_id, generation, hand_over_s=HAND_OVER_S
        )
        self.works[generation] = Work(process, origin.now_s)

    def _start_launched(self, generation: int) -> None:
        self._starting -= 1
        self.start(generation)

    def after(self, wait_s: float, what: Callable[[], object]) -> None:
        self._planned.append((self.stage.origin.now_s + wait_s, what))

    def tell_to_leave(self, generation: int, events_after_s: tuple[float, ...]) -> None:
        """SIGTERM; and events that tell of it, each so long after it."""
        self.works[generation].process.send_signal(signal.SIGTERM)
        for wait_s in events_after_s:
            self.after(wait_s, lambda: relieve_recorder(self.ports, self.stage.desk.recording_id, generation))
        self.after(_KILLED_AFTER_S, self.works[generation].process.kill)

    def send(self, generation: int, sent: signal.Signals) -> None:
        """To a recorder that is at work."""
        if self.works[generation].code is None:
            self.works[generation].process.send_signal(sent)

    def go_on(self) -> bool:
        """Until the stream is over and no recorder at work; whether that came to pass in time."""
        ends_s = time.monotonic() + _WITHIN_S
        self.after(_TICK_EVERY_S, self._tick)
        while time.monotonic() < ends_s:
            self._do_what_is_due()
            self._look_after_recorders()
            at_work = [work for work in self.works.values() if work.code is None]
            if self.stage.origin.is_over and not at_work and not self._starting:
                return True
            time.sleep(_LOOK_EVERY_S)
        for work in self.works.values():
            work.process.kill()
        return False

    def _do_what_is_due(self) -> None:
        due = [planned for planned in self._planned if planned[0] <= self.stage.origin.now_s]
        for planned in due:
            self._planned.remove(planned)
            planned[1]()

    def _look_after_recorders(self) -> None:
        for generation, work in self.works.items():
            code = work.process.poll()
            if code is not None and work.code is None:
                work.code, work.ends_s = code, self.stage.origin.now_s
                self.after(_STOP_IS_TOLD_AFTER_S, partial(self._settle, generation))

    def _settle(self, generation: int) -> None:
        self._check(settle_recording(self.ports, self.stage.desk.recording_id, generation))

    def _tick(self) -> None:
        self.after(_TICK_EVERY_S, self._tick)
        for due in self.ports.monitors.due(self.ports.clock() + AHEAD, 10):
            check_monitor(self.ports, due)

    def _check(self, streamer: Streamer | None) -> None:
        due = due_of(streamer) if streamer else None
        if due and due.check_at <= self.ports.clock():
            check_monitor(self.ports, due)
