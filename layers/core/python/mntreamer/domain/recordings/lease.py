"""The lease under which one recorder at a time makes a recording.

Whoever launches a recorder raises the generation; the recorder renews while it can show progress; a lease that ran
out makes the streamer due, so that a crash, a failed launch, a stall and a lost stop event all end the same way.
"""

from datetime import datetime, timedelta

from mntreamer.domain.recordings.recording import Recording, RecordingChanges, RecordingStatus

RENEW_EVERY = timedelta(seconds=30)
LEASE = timedelta(seconds=90)
# What a Fargate task needs from RunTask to its first stored segment, with room to spare.
LAUNCH_GRACE = timedelta(seconds=120)
# So many launches in a row that store nothing are no accident: whoever can help is told, and we try more rarely.
LAUNCH_LIMIT = 6
_LAUNCH_RETRY_FIRST = timedelta(seconds=5)
_LAUNCH_RETRY_BEYOND_LIMIT = timedelta(minutes=10)


def is_held(recording: Recording, now: datetime) -> bool:
    """Whether a recorder holds the recording, so that nobody else needs to ask the platform."""
    return recording.status is RecordingStatus.RECORDING and now < recording.lease_until


def next_generation(recording: Recording, now: datetime) -> RecordingChanges:
    """What a launch into a recording that exists writes, under the generation and the lease's end that it read."""
    return RecordingChanges(
        status=RecordingStatus.RECORDING,
        generation=recording.generation + 1,
        lease_until=now + LAUNCH_GRACE,
        fruitless_launches=recording.fruitless_launches + 1,
        problem=None,
        ended_at=None,
        closed_at=None,
    )


def relaunch_at(recording: Recording, ended: datetime) -> datetime:
    """When to start the next recorder after one whose lease ended then.

    At once if it had stored segments, else ever later; beyond the limit every ten minutes, for as long as the
    stream lasts.
    """
    if recording.fruitless_launches == 0:
        return ended
    if is_beyond_limit(recording):
        return ended + _LAUNCH_RETRY_BEYOND_LIMIT
    return ended + _LAUNCH_RETRY_FIRST * (1 << recording.fruitless_launches - 1)


def is_beyond_limit(recording: Recording) -> bool:
    return recording.fruitless_launches >= LAUNCH_LIMIT


def why_nothing_is_stored(recording: Recording) -> str | None:
    """For the streamer, once the limit is reached: what was tried, and what the last try said."""
    if not is_beyond_limit(recording):
        return None
    last = recording.problem or "the last one said nothing; its log may"
    return f"{recording.fruitless_launches} recorders in a row stored nothing, tried again every 10 minutes: {last}"
