"""What somebody can do, to a channel where it concerns one; whoever acts may die or be interrupted on the way."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Final

from mntreamer.domain.errors import NotFound, WrongState
from mntreamer.domain.monitors.due import AHEAD, Due
from mntreamer.domain.monitors.streamer import StreamerChanges, streamer_id_of
from mntreamer.domain.recordings.recording import RecordingStatus
from mntreamer.ports import Ports
from mntreamer.usecases.monitors.add_streamer import Reference, add_streamer
from mntreamer.usecases.monitors.change_streamer import change_streamer
from mntreamer.usecases.monitors.check_now import check_now
from mntreamer.usecases.monitors.remove_streamer import remove_streamer
from mntreamer.usecases.recordings.stop_recording import stop_recording
from mntreamer.usecases.refining.confirm_recording import confirm_recording
from mntreamer.usecases.refining.delete_recording import delete_recording
from mntreamer.usecases.refining.purge_recordings import purge_recordings
from mntreamer.usecases.refining.restore_recording import restore_recording
from tests.state.outside import Outside
from tests.state.recorders import Leaving, Task


class Deeds:
    """`pages` of the due list were read and wait for who acts on them: an event that is late, or comes twice."""

    def __init__(self, outside: Outside) -> None:
        self._outside = outside
        self._ports = outside.ports
        self._recorders = outside.recorders
        self.pages: list[list[Due]] = []

    def tick(self, channel: str) -> None:
        self._check(channel, self._ports.monitors.due(self._ports.clock() + AHEAD, 10))

    def late_tick(self, channel: str) -> None:
        self._check(channel, self.pages.pop(0) if self.pages else [])

    def recorder_goes_on(self, channel: str, index: int = 0, *, stores: bool = True) -> None:
        if task := self.running(channel, index):
            self._recorders.go_on(task, stores=stores)

    def recorder_leaves(self, channel: str, index: int = 0, leaving: Leaving = Leaving.OVER) -> None:
        if task := self.running(channel, index):
            self._recorders.leave(task, leaving)

    def recorder_is_to_leave(self, channel: str, index: int = 0) -> None:
        """It is told, and the event may come before or after, or never."""
        if task := self.running(channel, index):
            self._recorders.is_to_leave(task)

    def relief_event(self, channel: str, index: int = 0) -> None:
        if task := self._of(channel, self._outside.launcher.launched, index):
            self._recorders.relief_event(task)

    def recorder_dies(self, channel: str) -> None:
        if task := self.running(channel):
            self._recorders.end(task)

    def stop_event(self, channel: str, index: int = 0) -> None:
        """Of a recorder that stopped: in time, late, or once more."""
        launcher = self._outside.launcher
        stopped = [task for task in launcher.launched if task not in launcher.running]
        if task := self._of(channel, stopped, index):
            self._recorders.stop_event(task)

    def pause(self, channel: str) -> None:
        self.change(channel, {"paused": True})

    def resume(self, channel: str) -> None:
        self.change(channel, {"paused": False})

    def change(self, channel: str, wishes: StreamerChanges) -> None:
        with suppress(NotFound):
            change_streamer(self._ports, streamer_id_of("chzzk", channel), wishes)

    def look_now(self, channel: str) -> None:
        with suppress(NotFound, WrongState):
            check_now(self._ports, streamer_id_of("chzzk", channel))

    def add(self, channel: str) -> None:
        """One that is removed in the same moment is not found."""
        with suppress(NotFound):
            add_streamer(self._ports, "chzzk", Reference(channel_id=channel))

    def remove(self, channel: str) -> None:
        with suppress(NotFound):
            remove_streamer(self._ports, streamer_id_of("chzzk", channel))

    def stop(self, channel: str) -> None:
        self._to_newest(channel, stop_recording)

    def confirm(self, channel: str) -> None:
        self._to_newest(channel, confirm_recording)

    def delete(self, channel: str) -> None:
        self._to_newest(channel, self._delete)

    def delete_at_once(self, channel: str) -> None:
        self._to_newest(channel, partial(self._delete, at_once=True))

    def restore(self, channel: str) -> None:
        self._to_newest(channel, restore_recording)

    def sweep(self, _channel: str) -> None:
        """So little at once that it takes several."""
        purge_recordings(self._ports, 2)

    def running(self, channel: str, index: int = 0) -> Task | None:
        """The channel's newest recorder, or one before it."""
        return self._of(channel, self._outside.launcher.running, index)

    def _of(self, channel: str, tasks: Sequence[Task], index: int) -> Task | None:
        mine = [task for task in reversed(tasks) if self._recorders.row(task).channel_id == channel]
        return mine[index % len(mine)] if mine else None

    def _delete(self, ports: Ports, recording_id: str, *, at_once: bool = False) -> None:
        self._outside.kept.is_asked_to_delete(recording_id)
        delete_recording(ports, recording_id, at_once=at_once)

    def _to_newest(self, channel: str, deed: Callable[[Ports, str], object]) -> None:
        """To the channel's newest recording."""
        recordings = self._ports.recordings.newest(list(RecordingStatus), 1000)
        newest = next((row.recording_id for row in recordings if row.channel_id == channel), None)
        with suppress(WrongState):
            if newest:
                deed(self._ports, newest)

    def _check(self, channel: str, page: Sequence[Due]) -> None:
        """This channel first, so that it is known which write comes when."""
        for due in sorted(page, key=lambda monitor: monitor.streamer_id != streamer_id_of("chzzk", channel)):
            self._outside.checks.check(due)


DEEDS: Final[Mapping[str, Callable[[Deeds, str], None]]] = {
    "tick": Deeds.tick,
    "late tick": Deeds.late_tick,
    "recorder goes on": Deeds.recorder_goes_on,
    "recorder leaves": Deeds.recorder_leaves,
    "recorder is to leave": Deeds.recorder_is_to_leave,
    "relief event": Deeds.relief_event,
    "recorder dies": Deeds.recorder_dies,
    "stop event": Deeds.stop_event,
    "pause": Deeds.pause,
    "resume": Deeds.resume,
    "look now": Deeds.look_now,
    "add": Deeds.add,
    "remove": Deeds.remove,
    "stop": Deeds.stop,
    "confirm": Deeds.confirm,
    "delete": Deeds.delete,
    "delete at once": Deeds.delete_at_once,
    "restore": Deeds.restore,
    "sweep": Deeds.sweep,
}
