"""Which recordings nobody has refined for long."""

from datetime import datetime, timedelta

from mntreamer.domain.recordings.recording import Recording, RecordingStatus


def is_left_unrefined(recording: Recording, now: datetime, kept_for: timedelta) -> bool:
    """Whether it has waited to be confirmed for so long, since it was over or since somebody restored it."""
    if recording.status is not RecordingStatus.IDLE or recording.closed_at is None:
        return False
    waits_since = max(recording.closed_at, recording.restored_at or recording.closed_at)
    return now - waits_since >= kept_for
