"""The lease under which one recorder at a time makes a recording.

Whoever launches a recorder raises the generation; the recorder renews while it can show progress; a lease that ran
out makes the streamer due, so that a crash, a failed launch, a stall and a lost stop event all end the same way.
"""

from datetime import datetime, timedelta

from mntreamer.domain.recording import Recording, RecordingChanges, RecordingStatus

RENEW_EVERY = timedelta(seconds=30)
LEASE = timedelta(seconds=90)
# What a Fargate task needs from RunTask to its first stored segment, with room to spare.
LAUNCH_GRACE = timedelta(seconds=120)
_LAUNCH_RETRY_FIRST_S = 5
_LAUNCH_RETRY_LONGEST_S = 120


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
        ended_at=None,
        closed_at=None,
    )


def relaunch_at(recording: Recording, now: datetime) -> datetime:
    """When to start the next recorder after one that stopped: at once if it stored segments, else ever later."""
    if recording.fruitless_launches == 0:
        return now
    wait_s = _LAUNCH_RETRY_FIRST_S * 2 ** (recording.fruitless_launches - 1)
    return now + timedelta(seconds=min(wait_s, _LAUNCH_RETRY_LONGEST_S))
