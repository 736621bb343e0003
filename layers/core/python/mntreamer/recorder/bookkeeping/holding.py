"""The recorder's hold on its recording: renewed with news, checked without, lost to whoever raised the generation."""

from collections.abc import Callable
from dataclasses import replace
from math import inf

from mntreamer.domain.errors import LeaseLost
from mntreamer.domain.recordings.lease import ended_at_still
from mntreamer.domain.recordings.recording import Recording, RecordingChanges, RecordingStatus
from mntreamer.ports import Ports
from mntreamer.recorder.pace import Pace
from mntreamer.usecases.recordings.hand_over_recording import hand_over_recording
from mntreamer.usecases.recordings.remember_session import remember_session
from mntreamer.usecases.recordings.renew_lease import renew_lease

OnStart = Callable[[Recording], object]


class Holding:
    """`recording` is the row as it was last renewed; `on_start` is told of it once its first segment is stored.

    `live_id` is the newest of its live sessions that is known to be its own.
    All times are seconds on the recorder's own clock.
    """

    def __init__(self, ports: Ports, recording: Recording, pace: Pace, now_s: float, on_start: OnStart) -> None:
        self.recording = recording
        self.live_id = recording.live_id
        self._on_start = on_start
        self._ports = ports
        self._pace = pace
        self._every_s = pace.renew_every_s
        self._has_news = False
        self._has_stored = False
        self._is_confirmed = False
        self._renew_from_s = now_s
        self._look_from_s = now_s + self._every_s

    def stored(self) -> None:
        """A segment was stored: a reason to hold on. The first one is told at once."""
        self._has_news = True
        if not self._has_stored:
            self._has_stored = True
            self._renew_from_s = -inf

    def confirmed(self) -> None:
        """The platform itself said that the stream is on: a reason to hold on, too."""
        self._has_news = self._is_confirmed = True

    def leave_soon(self, now_s: float) -> None:
        """Say so, for who is to take over; from now on it is seen soon that somebody has."""
        hand_over_recording(self._ports, self.recording, self.recording.generation)
        self._every_s = self._pace.watch_every_s
        self._look_from_s = now_s

    @property
    def due_s(self) -> float:
        """When there is something to do for `keep`."""
        return min(self._renew_from_s, self._look_from_s) if self._has_news else self._look_from_s

    def keep(self, progress: RecordingChanges, now_s: float) -> None:
        """Renew the lease with news; without any, see from time to time that it is still ours.

        Raises LeaseLost.
        """
        if self._has_news and now_s >= self._renew_from_s:
            self.renew(progress)
            self._has_news = False
            self._renew_from_s = self._look_from_s = now_s + self._every_s
        elif now_s >= self._look_from_s:
            self._look(progress)
            self._look_from_s = now_s + self._every_s

    def renew(self, progress: RecordingChanges) -> None:
        """Raises LeaseLost."""
        ended_at = None if self._is_confirmed else ended_at_still(self.recording, progress.get("last_segment_at"))
        before = self.recording
        self.recording = renew_lease(self._ports, before, progress | RecordingChanges(ended_at=ended_at))
        self._is_confirmed = False
        if before.first_segment_at is None and self.recording.first_segment_at:
            self._on_start(self.recording)

    def remember(self, live_id: str | None, progress: RecordingChanges) -> None:
        """That this live session is recorded here as well. Raises LeaseLost.

        Neither for a recording that is another's, after a long pause, nor for one that a person stopped.
        """
        if live_id and live_id != self.live_id:
            self.renew(progress)
            if not self.recording.stopped_at:
                remember_session(self._ports, live_id, self.recording.streamer_id, self.recording.recording_id)
                self.live_id = live_id

    def _look(self, progress: RecordingChanges) -> None:
        """Progress is told in any case: it says why there is none."""
        held = RecordingChanges(generation=self.recording.generation, status=RecordingStatus.RECORDING)
        held_by_us = self._ports.recordings.update(self.recording.recording_id, progress, held)
        if held_by_us is None:
            raise LeaseLost(f"{self.recording.recording_id} is no longer held by generation {held['generation']}")
        self.recording = replace(self.recording, stopped_at=held_by_us.stopped_at)
