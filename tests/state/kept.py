"""What people have done to recordings holds, and nothing is deleted that nobody asked for."""

from dataclasses import dataclass, field
from datetime import timedelta

from mntreamer.domain.media_path import PUBLISHED_PLAYLIST, SEGMENTS, SOURCE_PLAYLIST
from mntreamer.domain.recordings.recording import Recording, RecordingStatus
from mntreamer.ports import Ports
from mntreamer.usecases.refining.delete_recording import delete_recording
from mntreamer.usecases.refining.purge_recordings import purge_recordings
from mntreamer.usecases.refining.restore_recording import restore_recording
from tests.state.watched_tables import WatchedStore

_ALL = list(RecordingStatus)
_REFINED = (RecordingStatus.IDLE, RecordingStatus.DONE)
_FINISHED = (RecordingStatus.DONE, RecordingStatus.TERMINATED)


def is_finished(recording: Recording) -> bool:
    """Whether a person has said that its live session is recorded no more."""
    return recording.stopped_at is not None or recording.status in _FINISHED


@dataclass
class Kept:
    """`ports` are read without anybody acting, so that nobody is interrupted by it."""

    ports: Ports
    store: WatchedStore
    _asked: set[str] = field(default_factory=set)
    _finished: set[str] = field(default_factory=set)

    def is_asked_to_delete(self, recording_id: str) -> None:
        self._asked.add(recording_id)

    def assert_promises(self) -> None:
        recordings = self.ports.recordings.newest(_ALL, 1000)
        for recording in recordings:
            self._is_deleted_only_if_asked(recording)
            self._is_not_taken_up_again(recording)
        purged = tuple(row.prefix for row in recordings if row.purge_began_at)
        gone = [key for key in self.store.recorded - self.store.objects.keys() if not key.startswith(purged)]
        assert not gone, gone

    def assert_what_was_deleted_is_gone_in_the_end(self) -> None:
        """Whoever was interrupted says so again; then the grace time passes. Nothing is left, and all others are."""
        deleted = self.ports.recordings.newest([RecordingStatus.TERMINATED], 1000)
        for recording in deleted:
            delete_recording(self.ports, recording.recording_id)
            assert self.store.get(recording.prefix + PUBLISHED_PLAYLIST) is None, recording
        for recording_id in self.ports.recordings.due_purges(self.ports.clock() + timedelta(days=30), 1000):
            self.ports.recordings.update(recording_id, {"purge_at": self.ports.clock()}, {})
        purge_recordings(self.ports, 100_000)
        assert not [key for row in deleted for key in self.store.list_keys(row.prefix)]
        others = [status for status in RecordingStatus if status is not RecordingStatus.TERMINATED]
        kept = tuple(row.prefix + SEGMENTS for row in self.ports.recordings.newest(others, 1000))
        assert {key for key in self.store.recorded if key.startswith(kept)} <= self.store.objects.keys()

    def assert_what_is_kept_is_played_in_the_end(self) -> None:
        """Whoever was interrupted in restoring it says so again."""
        for recording in self.ports.recordings.newest(_REFINED, 1000):
            restore_recording(self.ports, recording.recording_id)
            is_listed = self.store.get(recording.prefix + SOURCE_PLAYLIST) is not None
            is_played = self.store.get(recording.prefix + PUBLISHED_PLAYLIST) is not None
            assert is_played is is_listed, recording

    def _is_deleted_only_if_asked(self, recording: Recording) -> None:
        is_deleted = recording.status is RecordingStatus.TERMINATED
        assert not is_deleted or recording.recording_id in self._asked, recording
        assert is_deleted is (recording.deleted_at is not None), recording
        assert is_deleted or recording.purge_began_at is None, recording

    def _is_not_taken_up_again(self, recording: Recording) -> None:
        """One that was stopped and is over stays so, and a confirmed one."""
        is_under_way = recording.status is RecordingStatus.RECORDING
        assert not (is_under_way and recording.recording_id in self._finished), recording
        if recording.status is RecordingStatus.DONE or (recording.stopped_at and not is_under_way):
            self._finished.add(recording.recording_id)
