"""What a due monitor's probe leads to.

`claim` is written before the probe, `decide` says what to do after it. Both are pure: a use case reads, asks the
platform and carries the decision out.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from mntreamer.domain.backoff import step_after_miss
from mntreamer.domain.lease import is_held
from mntreamer.domain.probe import Live, NotRecordable, Offline, Probe, ProbeFailed, UnknownChannel
from mntreamer.domain.recording import Recording, RecordingChanges, RecordingStatus
from mntreamer.domain.streamer import Streamer, StreamerChanges, StreamerStatus

CLAIM = timedelta(minutes=2)
RECONNECT_CHECK = timedelta(minutes=1)
# A stream that may not be recorded seldom becomes recordable; asking every minute would only cost calls.
NOT_RECORDABLE_CHECK = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing to start or to close: write the outcome and look again at its `check_at`."""

    streamer: StreamerChanges
    recording: RecordingChanges | None = None


@dataclass(frozen=True, slots=True)
class Open:
    """A live session that has no recording yet."""

    live: Live


@dataclass(frozen=True, slots=True)
class Relaunch:
    """A live session whose recording exists and has no recorder. `live` may be its later session."""

    live: Live
    recording: Recording


@dataclass(frozen=True, slots=True)
class Close:
    """Over, and the reconnect window has passed."""

    recording: Recording


Decision = Wait | Open | Relaunch | Close


def claim(streamer: Streamer, now: datetime) -> StreamerChanges:
    """The write that makes this probe ours. A tick that dies after it costs two minutes at the most."""
    step = step_after_miss(streamer.miss_count)
    return StreamerChanges(status=StreamerStatus.PROCESS, check_at=now + min(step.wait, CLAIM))


def decide(
    streamer: Streamer,
    probe: Probe,
    recording: Recording | None,
    claimed_at: datetime,
    now: datetime,
    reconnect_window: timedelta,
) -> Decision:
    """What follows from a probe.

    `recording` is the one that the streamer has open, or the one that exists for the live session seen.
    Steps count from `claimed_at`, so that a slow platform does not make the schedule drift.
    """
    if recording and is_held(recording, now):
        return Wait(StreamerChanges(recording_id=recording.recording_id, check_at=recording.lease_until))
    if recording and recording.status is RecordingStatus.RECORDING:
        return _unfinished(probe, recording, now, reconnect_window)
    if isinstance(probe, Live):
        return _live(probe, recording, claimed_at)
    return Wait(_not_live(streamer, probe, claimed_at, now))


def reconnect_check_at(ended_at: datetime, now: datetime, reconnect_window: timedelta) -> datetime:
    """When to look whether a stream that ended has come back, or else to close its recording."""
    closing = ended_at + reconnect_window
    return min(now + RECONNECT_CHECK, max(closing, now))


def _live(live: Live, recording: Recording | None, claimed_at: datetime) -> Decision:
    if recording is None:
        return Open(live)
    if recording.status in (RecordingStatus.IDLE, RecordingStatus.FAILED):
        return Relaunch(live, recording)
    return Wait(
        StreamerChanges(
            status=StreamerStatus.IDLE,
            is_streaming=True,
            check_at=claimed_at + NOT_RECORDABLE_CHECK,
            recording_id=None,
            problem=f"this live session's recording is {recording.status}; the next one will be recorded",
        )
    )


def _not_live(streamer: Streamer, probe: Probe, claimed_at: datetime, now: datetime) -> StreamerChanges:
    step = step_after_miss(streamer.miss_count)
    changes = StreamerChanges(
        status=StreamerStatus.IDLE, check_at=claimed_at + step.wait, recording_id=None, problem=None
    )
    match probe:
        case Offline():
            return changes | StreamerChanges(is_streaming=False, miss_count=step.miss_count)
        case NotRecordable(reason):
            later = claimed_at + NOT_RECORDABLE_CHECK
            return changes | StreamerChanges(is_streaming=True, check_at=later, problem=reason)
        case UnknownChannel():
            unknown = "the platform does not know this channel"
            return changes | StreamerChanges(is_streaming=False, paused=True, problem=unknown)
        case ProbeFailed(reason):
            later = max(claimed_at + step.wait, _asked_again_at(probe, now))
            return changes | StreamerChanges(check_at=later, problem=reason)
    return changes


def _unfinished(probe: Probe, recording: Recording, now: datetime, reconnect_window: timedelta) -> Decision:
    match probe:
        case Live():
            if _continues(probe, recording, reconnect_window):
                return Relaunch(probe, recording)
            return Close(recording)
        case ProbeFailed(reason):
            later = max(now + RECONNECT_CHECK, _asked_again_at(probe, now))
            return Wait(StreamerChanges(check_at=later, problem=reason))
        case _:
            return _over(probe, recording, now, reconnect_window)


def _asked_again_at(failed: ProbeFailed, now: datetime) -> datetime:
    """Not before what the platform asked for."""
    return now + timedelta(seconds=failed.retry_after_s or 0.0)


def _continues(live: Live, recording: Recording, reconnect_window: timedelta) -> bool:
    if live.live_id == recording.live_id:
        return True
    last_seen = recording.ended_at or recording.last_segment_at or recording.opened_at
    return live.started_at <= last_seen + reconnect_window


def _over(probe: Probe, recording: Recording, now: datetime, reconnect_window: timedelta) -> Decision:
    if recording.ended_at and now >= recording.ended_at + reconnect_window:
        return Close(recording)
    ended_at = recording.ended_at or now
    return Wait(
        StreamerChanges(
            is_streaming=False,
            check_at=reconnect_check_at(ended_at, now, reconnect_window),
            problem=probe.reason if isinstance(probe, NotRecordable) else None,
        ),
        None if recording.ended_at else RecordingChanges(ended_at=ended_at),
    )
