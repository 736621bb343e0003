"""The recorder's hold on its recording: renewed with news, checked without, lost to whoever raised the generation."""

from mntreamer.domain.errors import LeaseLost
from mntreamer.domain.recording import Recording, RecordingChanges, RecordingStatus
from mntreamer.ports import Ports
from mntreamer.usecases.renew_lease import renew_lease


class Holding:
    """`recording` is the row as it was last seen. All times are seconds on the recorder's own clock."""

    def __init__(self, ports: Ports, recording: Recording, every_s: float, now_s: float) -> None:
        self.recording = recording
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
            self._renew_from_s = float("-inf")

    def confirmed(self) -> None:
        """The platform itself said that the stream is on: a reason to hold on, too."""
        self._has_news = True

    def lacks_news(self, now_s: float) -> bool:
        """Whether nothing has spoken for a renewal for as long as there should have been one: ask the platform."""
        return not self._has_news and now_s >= self._look_from_s

    def keep(self, progress: RecordingChanges, now_s: float) -> None:
        """Renew the lease with news; without any, see from time to time that it is still ours.

        Raises LeaseLost.
        """
        if self._has_news and now_s >= self._renew_from_s:
            self.renew(progress)
            self._has_news = False
            self._renew_from_s = self._look_from_s = now_s + self._every_s
        elif now_s >= self._look_from_s:
            self._look()
            self._look_from_s = now_s + self._every_s

    def renew(self, progress: RecordingChanges) -> None:
        """Raises LeaseLost."""
        self.recording = renew_lease(self._ports, self.recording, progress)

    def _look(self) -> None:
        stored = self._ports.recordings.get(self.recording.recording_id)
        held = (self.recording.generation, RecordingStatus.RECORDING)
        if stored is None or (stored.generation, stored.status) != held:
            raise LeaseLost(f"{self.recording.recording_id} is no longer held by generation {held[0]}")
