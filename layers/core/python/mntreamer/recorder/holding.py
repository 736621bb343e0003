"""The recorder's hold on its recording: renewed with news, checked without, lost to whoever raised the generation."""

from collections.abc import Callable
from dataclasses import replace
from math import inf

from mntreamer.domain.errors import LeaseLost
from mntreamer.domain.recordings.recording import Recording, RecordingChanges, RecordingStatus
from mntreamer.ports import Ports
from mntreamer.usecases.recordings.renew_lease import renew_lease

OnStart = Callable[[Recording], object]


class Holding:
    """`recording` is the row as it was last renewed; `on_start` is told of it once its first segment is stored.

    All times are seconds on the recorder's own clock.
    """

    def __init__(self, ports: Ports, recording: Recording, every_s: float, now_s: float, on_start: OnStart) -> None:
        self.recording = recording
        self._on_start = on_start
        self._ports = ports
        self._every_s = every_s
        self._has_news = False
        self._has_stored = False
        self._renew_from_s = now_s
        self._look_from_s = now_s + every_s

    def stored(self) -> None:
        """A segment was stored: a reason to hold on. The first one is told at once."""
        self._has_news = True
        if not self._has_stored:
            self._has_stored = True
            self._renew_from_s = -inf

    def confirmed(self) -> None:
        """The platform itself said that the stream is on: a reason to hold on, too."""
        self._has_news = True

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
        before, self.recording = self.recording, renew_lease(self._ports, self.recording, progress)
        if before.first_segment_at is None and self.recording.first_segment_at:
            self._on_start(self.recording)

    def _look(self, progress: RecordingChanges) -> None:
        """Progress is told in any case: it says why there is none."""
        held = RecordingChanges(generation=self.recording.generation, status=RecordingStatus.RECORDING)
        held_by_us = self._ports.recordings.update(self.recording.recording_id, progress, held)
        if held_by_us is None:
            raise LeaseLost(f"{self.recording.recording_id} is no longer held by generation {held['generation']}")
        self.recording = replace(self.recording, stopped_at=held_by_us.stopped_at)
