"""What people may do to a recording as a whole, and in which state: stop, confirm, delete, restore, purge.

Each decision is the fields that change, none where what was asked for is so already; or WrongState, with the state.
"""

from datetime import datetime, timedelta

from mntreamer.domain.errors import WrongState
from mntreamer.domain.recordings.recording import Recording, RecordingChanges, RecordingStatus

REFINED = (RecordingStatus.IDLE, RecordingStatus.DONE)
# A recorder looks every 30 s whether its lease is still its own, and stores what it has before it leaves.
_RECORDER_HAS_LEFT = timedelta(minutes=5)
# A machine that was off, or asleep, stores what its recorders held when it wakes.
_SPOOL_IS_STORED = timedelta(days=7)


def stopped(recording: Recording, now: datetime) -> RecordingChanges:
    """It ends, and is not taken up again while its live session lasts."""
    if recording.status is RecordingStatus.RECORDING:
        return RecordingChanges() if recording.stopped_at else RecordingChanges(stopped_at=now)
    if recording.stopped_at and recording.status is not RecordingStatus.TERMINATED:
        return RecordingChanges()
    raise _wrong(recording, "only one that is being made can be stopped")


def confirmed(recording: Recording, _now: datetime) -> RecordingChanges:
    """It is refined as it is meant to stay."""
    if recording.status not in REFINED:
        raise _wrong(recording, "only one that is over and to refine (IDLE) can be confirmed")
    if recording.status is RecordingStatus.DONE:
        return RecordingChanges()
    return RecordingChanges(status=RecordingStatus.DONE)


def deleted(recording: Recording, now: datetime, grace: timedelta) -> RecordingChanges:
    """It is out of sight at once; its objects go after the grace time, and not while a late recorder may add to them.

    One that is being made has to be ended first. One that is deleted already goes sooner where `grace` says so.
    """
    settled_at = recording.closed_at + _RECORDER_HAS_LEFT if recording.closed_at else now
    purge_at = max(now + grace, settled_at)
    if recording.status is RecordingStatus.RECORDING:
        raise _wrong(recording, "it has to be ended before it can be deleted")
    if recording.status is RecordingStatus.TERMINATED:
        goes_sooner = recording.purge_at is not None and purge_at < recording.purge_at
        return RecordingChanges(purge_at=purge_at) if goes_sooner else RecordingChanges()
    return RecordingChanges(
        status=RecordingStatus.TERMINATED, restores_to=recording.status, deleted_at=now, purge_at=purge_at
    )


def restored(recording: Recording, now: datetime) -> RecordingChanges:
    """It is again what it was before it was deleted, all of it."""
    if recording.status is RecordingStatus.RECORDING:
        raise _wrong(recording, "only one that was deleted can be restored")
    if recording.status is not RecordingStatus.TERMINATED:
        return RecordingChanges()
    if recording.purge_began_at:
        raise _wrong(recording, "its segments were deleted for good; it cannot be restored")
    before = recording.restores_to or RecordingStatus.IDLE
    return RecordingChanges(status=before, restores_to=None, deleted_at=None, purge_at=None, restored_at=now)


def is_ended_by_a_person(recording: Recording) -> bool:
    """Whether its live session is recorded no more, in no next part either: it was stopped or deleted."""
    return recording.stopped_at is not None or recording.status is RecordingStatus.TERMINATED


def nothing_left(recording: Recording, now: datetime) -> RecordingChanges:
    """It is purged. It is looked at once more, for what a recorder that slept, or its spool, brings back."""
    again_at = (recording.purge_began_at or now) + _SPOOL_IS_STORED
    purged_at = recording.purged_at or now
    return RecordingChanges(purge_at=again_at if now < again_at else None, purged_at=purged_at, size_bytes=0)


def may_purge_cuts(recording: Recording) -> None:
    """Raises WrongState where what is cut out may not be deleted for good."""
    if recording.status not in REFINED:
        raise _wrong(recording, "what is cut out can be deleted once it is over, and until it is deleted itself")


def _wrong(recording: Recording, why: str) -> WrongState:
    return WrongState(f"this recording is {recording.status}: {why}")
