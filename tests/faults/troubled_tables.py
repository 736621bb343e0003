"""Tables that do not do what they are asked: what happens around each write is up to their trouble."""

from pathlib import Path

from mntreamer.domain.monitors.streamer import Streamer, StreamerChanges
from mntreamer.domain.recordings.recording import Recording, RecordingChanges
from mntreamer_local.sqlite.monitors import SqliteMonitors
from mntreamer_local.sqlite.recordings import SqliteRecordings
from tests.faults.clock import SourceClock
from tests.faults.troubled_store import Call, Trouble


class TroubledRecordings(SqliteRecordings):
    """As on one machine, but for its trouble. `renewed_s` is when a lease was moved to a later end."""

    def __init__(self, path: Path, trouble: Trouble, clock: SourceClock) -> None:
        super().__init__(path)
        self.renewed_s: list[float] = []
        self._trouble = trouble
        self._clock = clock

    def update(self, recording_id: str, changes: RecordingChanges, expect: RecordingChanges) -> Recording | None:
        with self._trouble.around(Call.ROW, self._clock):
            updated = super().update(recording_id, changes, expect)
        if updated and "ended_at" in changes and updated.ended_at is None:
            self.renewed_s.append(self._clock.now_s)
        return updated

    def add_alias(self, alias_id: str, recording_id: str) -> None:
        with self._trouble.around(Call.ROW, self._clock):
            super().add_alias(alias_id, recording_id)


class TroubledMonitors(SqliteMonitors):
    """The same."""

    def __init__(self, path: Path, trouble: Trouble, clock: SourceClock) -> None:
        super().__init__(path)
        self._trouble = trouble
        self._clock = clock

    def update(
        self, streamer_id: str, changes: StreamerChanges, expect: StreamerChanges | None = None
    ) -> Streamer | None:
        with self._trouble.around(Call.ROW, self._clock):
            return super().update(streamer_id, changes, expect)
