"""What a due monitor's probe leads to.

`claim` is written before the probe, `decide` says what to do after it. Both are pure: a use case reads, asks the
platform and carries the decision out.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from mntreamer.domain.monitors.backoff import jittered, step_after_miss, wait_after_error, wait_after_refusal
from mntreamer.domain.monitors.due import AHEAD, Due
from mntreamer.domain.monitors.filters import LeftOut, left_out, parse_filters
from mntreamer.domain.monitors.learned_habit import end_learned, start_learned
from mntreamer.domain.monitors.looks import with_look
from mntreamer.domain.monitors.probe import Live, NotAsked, NotRecordable, Offline, Probe, ProbeFailed, UnknownChannel
from mntreamer.domain.monitors.streamer import Streamer, StreamerChanges, StreamerStatus
from mntreamer.domain.monitors.topic import Topic
from mntreamer.domain.problem_code import ProblemCode
from mntreamer.domain.reason import Reason
from mntreamer.domain.recordings.lease import due_while_held, is_held, relaunch_at, why_nothing_is_stored
from mntreamer.domain.recordings.lifecycle import is_ended_by_a_person
from mntreamer.domain.recordings.recording import Recording, RecordingChanges, RecordingStatus
from mntreamer.domain.schedule.habit_text import from_text
from mntreamer.domain.schedule.next_look import learned_wait
from mntreamer.domain.schedule.wall_clock import wall_s

CLAIM = timedelta(minutes=2)
# A stream that may not be recorded seldom becomes recordable; asking every minute would only cost calls.
NOT_RECORDABLE_CHECK = timedelta(minutes=10)
# While a recording is under way, whatever the platform says is looked at again soon: it may be on air, unrecorded.
_UNFINISHED_CHECK = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing to start or to close: write the outcome and look again at its `check_at`."""

    streamer: StreamerChanges
    recording: RecordingChanges | None = None


@dataclass(frozen=True, slots=True)
class Open:
    """A live session that has no recording yet, or whose last `part` is full."""

    live: Live
    part: int = 1


@dataclass(frozen=True, slots=True)
class Relaunch:
    """A live session whose recording exists and has no recorder. `live` may be its later session."""

    live: Live
    recording: Recording


@dataclass(frozen=True, slots=True)
class Close:
    """Over, and the reconnect window has passed. `live` is the session that is on instead, if one is."""

    recording: Recording
    live: Live | None = None


_Seen = Probe | LeftOut
Decision = Wait | Open | Relaunch | Close


@dataclass(frozen=True, slots=True)
class Look:
    """A claimed look at a streamer, and when: steps count from the claim, so that a slow platform adds no drift.

    `floor` is the least time that the platform wants between two probes of one channel, `utc_offset` of its zone.
    `before` is when it was looked at last. `price_s` is what a look costs, None where it goes by the stepped table.
    """

    streamer: Streamer
    claimed_at: datetime
    floor: timedelta = timedelta(0)
    utc_offset: timedelta = timedelta(0)
    before: datetime | None = None
    price_s: float | None = None

    @property
    def zone(self) -> timezone:
        return timezone(self.utc_offset)

    def again_after(self, wait: timedelta, at_least: timedelta = timedelta(0)) -> datetime:
        """When to look again, jittered, but neither before the floor nor sooner than `at_least`."""
        return self.claimed_at + max(jittered(wait, self.streamer.streamer_id, self.claimed_at), self.floor, at_least)


def claim(due: Due, now: datetime) -> StreamerChanges:
    """The write that makes this probe ours. A tick that dies after it costs two minutes at the most."""
    step = step_after_miss(due.miss_count)
    return StreamerChanges(status=StreamerStatus.PROCESS, check_at=now + min(step.wait, CLAIM), probed_at=now)


def decide(
    look: Look, probe: Probe, recording: Recording | None, now: datetime, reconnect_window: timedelta
) -> Decision:
    """What follows from a probe.

    `recording` is the one that the streamer has open, or the one that exists for the live session seen.
    """
    if recording and is_held(recording, now):
        return Wait(left_to_its_recorder(recording, now))
    seen = _wanted(look, probe, now)
    if recording and recording.status is RecordingStatus.RECORDING:
        return _unfinished(look, seen, recording, now, reconnect_window)
    if isinstance(seen, Live):
        return _live(look, seen, recording)
    learned = start_learned(look.streamer, probe, now, look.zone) if isinstance(probe, Live) else StreamerChanges()
    return Wait(_not_live(look, seen, now) | learned)


def left_to_its_recorder(recording: Recording, now: datetime) -> StreamerChanges:
    """What a streamer's claim is answered with while a recorder holds its recording."""
    flows = recording.fruitless_launches == 0
    return StreamerChanges(
        recording_id=recording.recording_id,
        check_at=due_while_held(recording, now),
        status=StreamerStatus.RECORDING if flows else StreamerStatus.PROCESS,
    )


def reconnect_check_at(ended_at: datetime, now: datetime, reconnect_window: timedelta) -> datetime:
    """When to look whether a stream that ended has come back, or else to close its recording."""
    closing = ended_at + reconnect_window
    return min(now + _UNFINISHED_CHECK, max(closing, now))


def _wanted(look: Look, probe: Probe, now: datetime) -> _Seen:
    """What is live is left out where the streamer's filters say so."""
    if not isinstance(probe, Live):
        return probe
    filters, topic = parse_filters(look.streamer.filters), Topic(probe.title, probe.category)
    return left_out(filters, topic, now + look.utc_offset) or probe


def _live(look: Look, live: Live, recording: Recording | None) -> Decision:
    if recording is None:
        return Open(live)
    if recording.is_full and not is_ended_by_a_person(recording):
        return Open(live, recording.part + 1)
    if recording.status in (RecordingStatus.IDLE, RecordingStatus.FAILED) and not recording.stopped_at:
        return Relaunch(live, recording)
    return Wait(
        StreamerChanges(
            status=StreamerStatus.IDLE,
            is_streaming=True,
            check_at=look.again_after(NOT_RECORDABLE_CHECK),
            error_count=0,
            recording_id=None,
            problem=_recorded_already(recording),
        )
    )


def _recorded_already(recording: Recording) -> Reason:
    if recording.stopped_at:
        said = "this live session's recording was stopped; the next one will be recorded"
        return Reason(said, ProblemCode.RECORDING_STOPPED)
    said = f"this live session's recording is {recording.status}; the next one will be recorded"
    return Reason(said, ProblemCode.RECORDING_CLOSED, status=recording.status.value)


def _not_live(look: Look, seen: _Seen, now: datetime) -> StreamerChanges:
    changes = StreamerChanges(status=StreamerStatus.IDLE, recording_id=None, error_count=0, problem=None)
    if not isinstance(seen, NotAsked):
        changes |= with_look(look.streamer, look.before, look.claimed_at)
    match seen:
        case LeftOut():
            return changes | _left_out(look, seen, now)
        case NotRecordable(reason):
            later, since = look.again_after(NOT_RECORDABLE_CHECK), look.streamer.unrecordable_since or now
            return changes | StreamerChanges(
                is_streaming=True, check_at=later, problem=reason, unrecordable_since=since
            )
        case UnknownChannel():
            unknown = Reason("the platform does not know this channel", ProblemCode.UNKNOWN_CHANNEL)
            return changes | StreamerChanges(
                is_streaming=False,
                paused=True,
                check_at=None,
                problem=unknown,
                unrecordable_since=None,
                announced_at=None,
            )
        case ProbeFailed() | NotAsked():
            return changes | _failed(look, seen, now)
        case Offline(poll_period):
            return changes | _missed(look, poll_period)
    return changes


def _left_out(look: Look, seen: LeftOut, now: datetime) -> StreamerChanges:
    """It is told of once for each time that it is on air, however often it is looked at meanwhile."""
    changes = StreamerChanges(
        is_streaming=True,
        check_at=look.again_after(seen.look_again),
        miss_count=0,
        problem=seen.reason,
        unrecordable_since=None,
    )
    announced_at = look.streamer.announced_at or now
    return changes | StreamerChanges(announced_at=announced_at) if seen.is_announced else changes


def _missed(look: Look, poll_period: timedelta) -> StreamerChanges:
    """A miss ends what was wrong with looking. What was wrong with the last recording is still to be read."""
    streamer = look.streamer
    step = step_after_miss(streamer.miss_count)
    over = end_learned(streamer, look.claimed_at, look.zone) if streamer.is_streaming else StreamerChanges()
    return over | StreamerChanges(
        is_streaming=False,
        check_at=look.again_after(_wait(look, step.wait), at_least=poll_period),
        miss_count=step.miss_count,
        problem=None if streamer.is_streaming or streamer.error_count else streamer.problem,
        unrecordable_since=None,
        announced_at=None,
    )


def _wait(look: Look, table_wait: timedelta) -> timedelta:
    if look.price_s is None:
        return table_wait
    habit, now_s = from_text(look.streamer.habit), wall_s(look.claimed_at, look.zone)
    return learned_wait(habit, table_wait, now_s, look.price_s)


def _failed(look: Look, failed: ProbeFailed | NotAsked, now: datetime) -> StreamerChanges:
    """An error counts for the channel that it is of; where nobody was asked it counts for nobody."""
    errors = look.streamer.error_count
    asked_for = _asked_again_at(failed, now)
    if isinstance(failed, NotAsked):
        later = max(look.again_after(timedelta(0)), asked_for)
        return StreamerChanges(check_at=later, error_count=errors, problem=failed.reason)
    wait = wait_after_refusal(errors) if failed.sent_away else wait_after_error(errors)
    return StreamerChanges(
        check_at=max(look.again_after(wait), asked_for), error_count=errors + 1, problem=failed.reason
    )


def _unfinished(
    look: Look, seen: _Seen, recording: Recording, now: datetime, reconnect_window: timedelta
) -> Decision:
    match seen:
        case Live():
            return _goes_on(look, seen, recording, now, reconnect_window)
        case ProbeFailed(reason) | NotAsked(reason):
            later = max(now + _UNFINISHED_CHECK, look.again_after(timedelta(0)), _asked_again_at(seen, now))
            return Wait(StreamerChanges(check_at=later, problem=reason))
        case _:
            return _over(look, seen, recording, now, reconnect_window)


def _goes_on(look: Look, live: Live, recording: Recording, now: datetime, reconnect_window: timedelta) -> Decision:
    if not _continues(live, recording, reconnect_window):
        return Close(recording, None if look.streamer.paused else live)
    later = relaunch_at(recording, recording.lease_until)
    if later <= now:
        return Relaunch(live, recording)
    reason = why_nothing_is_stored(recording) or look.streamer.problem
    hint_taken_back = RecordingChanges(ended_at=None) if recording.ended_at else None
    return Wait(StreamerChanges(is_streaming=True, check_at=later, problem=reason), hint_taken_back)


def _asked_again_at(failed: ProbeFailed | NotAsked, now: datetime) -> datetime:
    """Not before what the platform asked for, also where a tick comes ahead of the time."""
    return now + timedelta(seconds=failed.retry_after_s) + AHEAD if failed.retry_after_s else now


def _continues(live: Live, recording: Recording, reconnect_window: timedelta) -> bool:
    if live.live_id == recording.live_id:
        return True
    last_seen = recording.ended_at or recording.last_segment_at or recording.opened_at
    return live.started_at <= last_seen + reconnect_window


def _over(look: Look, seen: _Seen, recording: Recording, now: datetime, reconnect_window: timedelta) -> Decision:
    if recording.ended_at and now >= recording.ended_at + reconnect_window:
        return Close(recording)
    ended_at = recording.ended_at or now
    later = max(reconnect_check_at(ended_at, now, reconnect_window), look.again_after(timedelta(0)))
    return Wait(
        StreamerChanges(
            is_streaming=isinstance(seen, LeftOut),
            check_at=later,
            problem=seen.reason if isinstance(seen, NotRecordable | LeftOut) else _unstored(look, recording),
        ),
        None if recording.ended_at else RecordingChanges(ended_at=ended_at),
    )


def _unstored(look: Look, recording: Recording) -> Reason | None:
    """Why nothing was stored so far, if nothing was: the end of the stream does not answer that."""
    return (recording.problem or look.streamer.problem) if recording.fruitless_launches else None
