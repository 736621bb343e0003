"""Which recordings nobody has refined for long, and how long they can be restored then."""

from datetime import datetime, timedelta

from mntreamer.domain.recordings.recording import Recording, RecordingStatus

# Nobody asked for this deletion: time to notice it, also where what people delete goes at once.
_TO_NOTICE = timedelta(days=7)


def is_left_unrefined(recording: Recording, now: datetime, kept_for: timedelta) -> bool:
    """Whether it has waited to be confirmed for so long, since it was over or since somebody restored it."""
    if recording.status is not RecordingStatus.IDLE or recording.closed_at is None:
        return False
    waits_since = max(recording.closed_at, recording.restored_at or recording.closed_at)
    return now - waits_since >= kept_for


def unrefined_grace(deletion_grace: timedelta) -> timedelta:
    """How long it can be restored: as long as what people delete, and a week at the least."""
    return max(deletion_grace, _TO_NOTICE)
