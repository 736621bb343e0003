"""The order in which recordings are listed: the newest first, those that started at once by their ids."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from mntreamer.domain.recordings.recording import Recording


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the order a recording is. It stays there whatever becomes of the recording."""

    started_at: datetime
    recording_id: str

    def is_before(self, recording: Recording) -> bool:
        """Whether the recording comes later in the list."""
        if recording.started_at == self.started_at:
            return recording.recording_id > self.recording_id
        return recording.started_at < self.started_at


def place_of(recording: Recording) -> Place:
    return Place(recording.started_at, recording.recording_id)


def newest_first(recordings: Iterable[Recording]) -> list[Recording]:
    """The recordings in order."""
    by_id = sorted(recordings, key=lambda recording: recording.recording_id)
    return sorted(by_id, key=lambda recording: recording.started_at, reverse=True)
