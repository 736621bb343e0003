"""The lease under which one recorder at a time makes a recording, and the seat beside it for one more.

Whoever launches a recorder raises the generation; the recorder renews while it can show progress; a lease that ran
out makes the streamer due, so that a crash, a failed launch, a stall and a lost stop event all end the same way.

The holder of the lease alone lists what is stored and asks the platform. The standby beside it, if there is one, has
a lease of its own on that seat and stores what is not stored yet. It takes the recording over when the holder's lease
is over, when the holder is to leave, and when the holder stores nothing although there is something to store.
"""

from datetime import datetime, timedelta

from mntreamer.domain.problem_code import ProblemCode
from mntreamer.domain.reason import Reason
from mntreamer.domain.recordings.recording import Recording, RecordingChanges, RecordingStatus

RENEW_EVERY = timedelta(seconds=30)
LEASE = timedelta(seconds=90)
# What a Fargate task needs from RunTask to its first stored segment, with room to spare.
LAUNCH_GRACE = timedelta(seconds=120)
# So many launches in a row that store nothing are no accident: whoever can help is told, and we try more rarely.
LAUNCH_LIMIT = 6
_LAUNCH_RETRY_FIRST = timedelta(seconds=5)
_LAUNCH_RETRY_BEYOND_LIMIT = timedelta(minutes=10)
# While the holder is well, whatever ails its standby costs nothing but the standby.
_SEAT_RETRY = timedelta(seconds=30)
# What is still to come of a stream that is not over after all comes sooner.
_OVER_FOR = timedelta(seconds=30)
# Who is taken over from sees it soon, and stores what it has begun.
_LEAVES_WITHIN = timedelta(seconds=15)


def is_held(recording: Recording, now: datetime) -> bool:
    """Whether a recorder holds the recording, or is about to, so that nobody else needs to ask the platform."""
    return recording.status is RecordingStatus.RECORDING and now < held_until(recording)


def held_until(recording: Recording) -> datetime:
    """When the leases of holder and standby are over."""
    if recording.standby_until and has_standby(recording):
        return max(recording.lease_until, recording.standby_until)
    return recording.lease_until


def is_accompanied(recording: Recording, now: datetime) -> bool:
    """Whether another recorder is at work beside the holder: a standby, or who was taken over from just now."""
    if recording.standby is None or recording.standby_until is None:
        return False
    is_leaving = timedelta(0) if has_standby(recording) else _LEAVES_WITHIN
    return now < recording.standby_until + is_leaving


def has_standby(recording: Recording) -> bool:
    """Whether the seat beside the holder was given to anybody. Who took the recording over left it.

    One with a smaller number than the holder's lost it: whoever took the lease meanwhile knew of no standby.
    """
    return recording.standby is not None and recording.standby > recording.generation


def first_generation(before: Recording | None, now: datetime) -> RecordingChanges:
    """The lease under which a recording is opened. The numbers of a next part go on from those of the part before."""
    return RecordingChanges(generation=newest_generation(before) + 1 if before else 1, lease_until=now + LAUNCH_GRACE)


def same_generation(before: Recording, now: datetime) -> RecordingChanges:
    """The lease under which a next part is opened by the holder of the one before, which goes on in it.

    So does its standby: the seat is as it was, for as long as it was.
    """
    seat = RecordingChanges(standby=before.standby, standby_until=before.standby_until)
    return seat | RecordingChanges(generation=before.generation, lease_until=now + LAUNCH_GRACE)


def waits_for_next_part(recording: Recording, standby: int, now: datetime) -> bool:
    """Whether this standby of a part that is full stays until its holder has opened the next.

    Who closes it raises the generation first, and only then says whether it is full.
    """
    is_raised = recording.status is RecordingStatus.RECORDING and recording.generation > standby
    is_closing = is_raised and recording.ended_at is None and now < recording.lease_until
    return recording.standby == standby and (recording.is_full or is_closing)


def next_generation(recording: Recording, now: datetime) -> RecordingChanges:
    """What a launch into a recording that exists writes, under the generation and the lease's end that it read."""
    return RecordingChanges(
        status=RecordingStatus.RECORDING,
        generation=newest_generation(recording) + 1,
        lease_until=now + LAUNCH_GRACE,
        standby=None,
        standby_until=None,
        leaving_at=None,
        fruitless_launches=recording.fruitless_launches + 1,
        problem=None,
        ended_at=None,
        closed_at=None,
    )


def newest_generation(recording: Recording) -> int:
    """The last that was launched: no two recorders of a recording ever have the same."""
    return max(recording.generation, recording.standby or 0)


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


def why_nothing_is_stored(recording: Recording) -> Reason | None:
    """For the streamer, once the limit is reached: what was tried, and what the last try said."""
    if not is_beyond_limit(recording):
        return None
    launches, last = recording.fruitless_launches, recording.problem
    said = last or "the last one said nothing; its log may"
    text = f"{launches} recorders in a row stored nothing, tried again every 10 minutes: {said}"
    return Reason(text, ProblemCode.RECORDERS_IN_VAIN, last, launches=launches)


def due_while_held(recording: Recording, now: datetime) -> datetime:
    """When its streamer is due: at the end of the holder's lease, or when the seat beside it is to be filled."""
    if recording.lease_until <= now:
        return held_until(recording)
    seat_at = seat_due_at(recording)
    return min(recording.lease_until, max(seat_at, now)) if seat_at else recording.lease_until


def seat_due_at(recording: Recording) -> datetime | None:
    """From when on a standby is to be started beside the holder; None where none is wanted.

    A holder that is to leave needs one at once.
    """
    is_wanted = recording.recorders > 1 or recording.leaving_at is not None
    is_over = recording.status is not RecordingStatus.RECORDING or recording.stopped_at or recording.ended_at
    if is_over or not is_wanted:
        return None
    if recording.standby_until is None:
        return recording.opened_at
    return recording.standby_until if recording.leaving_at else recording.standby_until + _SEAT_RETRY


def is_seat_due(recording: Recording, now: datetime) -> bool:
    """Whether to start a standby now: beside a holder only. Where there is none, who is started holds it."""
    seat_at = seat_due_at(recording)
    return seat_at is not None and seat_at <= now < recording.lease_until


def beside(recording: Recording, now: datetime) -> RecordingChanges:
    """What the launch of a standby writes, under the seat that it read.

    Its number is odd if the holder's is even and even if that is odd, so that two at work are never placed alike.
    """
    number = newest_generation(recording) + 1
    number += (number - recording.generation + 1) % 2
    return RecordingChanges(standby=number, standby_until=now + LAUNCH_GRACE)


def takes_over(recording: Recording, now: datetime, stored_at: datetime | None) -> bool:
    """Whether its standby, which stored last at `stored_at`, is to hold the recording.

    Only who shows that the stream goes on: where nobody does, the lease runs out, and the platform is asked.
    """
    if stored_at is None:
        return False
    if now >= recording.lease_until:
        return all(seen is None or stored_at > seen for seen in (recording.last_segment_at, recording.ended_at))
    return recording.leaving_at is not None or _is_behind(recording, stored_at)


def is_needless(recording: Recording, now: datetime) -> bool:
    """Whether its standby may go: the holder stores, stays and is to be alone, or the stream is over for long."""
    if recording.ended_at and now - recording.ended_at >= _OVER_FOR:
        return True
    return recording.recorders == 1 and recording.leaving_at is None and recording.fruitless_launches == 0


def keeps_up(recording: Recording, now: datetime, stored_at: datetime | None) -> bool:
    """Whether a standby that stored last at `stored_at` may keep its seat: it does not miss what the holder has."""
    if now >= recording.lease_until:
        return False
    return recording.last_segment_at is None or (
        stored_at is not None and recording.last_segment_at - stored_at < LEASE
    )


def taken_over(recording: Recording, now: datetime) -> RecordingChanges:
    """What a standby writes that takes over, under the two leases that it read. Its seat is free again."""
    held = RecordingChanges(lease_until=now + LEASE, standby_until=now, leaving_at=None)
    return held | RecordingChanges(generation=recording.standby) if recording.standby else held


def ended_at_still(recording: Recording, last_segment_at: datetime | None) -> datetime | None:
    """A holder before this one said that the stream was over; what was stored since says that it is not."""
    ended_at = recording.ended_at
    return ended_at if ended_at and (last_segment_at is None or last_segment_at <= ended_at) else None


def _is_behind(recording: Recording, stored_at: datetime) -> bool:
    """Whether the holder stores nothing although its standby does."""
    return stored_at - (recording.last_segment_at or recording.opened_at) > LEASE
