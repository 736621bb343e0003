"""Why a streamer is looked at when it is: in words, for whoever wonders."""

from enum import StrEnum

from mntreamer.domain.monitors.streamer import Streamer, StreamerStatus
from mntreamer.domain.reason import Reason
from mntreamer.domain.schedule.habit import Habit
from mntreamer.domain.schedule.next_look import KNOWN_ENOUGH
from mntreamer.domain.schedule.schedule import Schedule
from mntreamer.domain.schedule.usual_starts import in_words, usual_starts


class CheckCode(StrEnum):
    """Never renamed: clients know them."""

    BEING_RECORDED = "being_recorded"
    LAST_LOOK_FAILED = "last_look_failed"
    LIVE_UNRECORDED = "live_unrecorded"
    STEPPED = "stepped"
    STARTS_TOO_FEW = "starts_too_few"
    USUAL_STARTS = "usual_starts"
    NO_USUAL_START = "no_usual_start"


_BEING_RECORDED = Reason("it is being recorded", CheckCode.BEING_RECORDED)
_LAST_LOOK_FAILED = Reason("the last look failed, and is repeated", CheckCode.LAST_LOOK_FAILED)
_LIVE_UNRECORDED = Reason(
    "it is live, and whether it can be recorded now is looked at again", CheckCode.LIVE_UNRECORDED
)
_NO_USUAL_START = Reason("starts at no usual time", CheckCode.NO_USUAL_START)


def check_reason(streamer: Streamer, habit: Habit, schedule: Schedule) -> Reason | None:
    """None where nobody looks. `schedule` is the one that it is looked at by."""
    if streamer.check_at is None:
        return None
    if streamer.recording_id or streamer.status is StreamerStatus.RECORDING:
        return _BEING_RECORDED
    if streamer.error_count:
        return _LAST_LOOK_FAILED
    if streamer.is_streaming:
        return _LIVE_UNRECORDED
    if schedule is Schedule.STEPPED:
        misses = streamer.miss_count
        text = f"by the table, after {misses} looks in a row that found it offline"
        return Reason(text, CheckCode.STEPPED, misses=misses)
    return _by_habit(habit)


def _by_habit(habit: Habit) -> Reason:
    if habit.known < KNOWN_ENOUGH:
        starts = "1 start is" if habit.known == 1 else f"{habit.known or 'no'} starts are"
        text = f"{starts} known yet: by the table, until there are {KNOWN_ENOUGH}"
        return Reason(text, CheckCode.STARTS_TOO_FEW, known=habit.known, needed=KNOWN_ENOUGH)
    usual = in_words(usual_starts(habit))
    return Reason(f"usually starts {usual}", CheckCode.USUAL_STARTS) if usual else _NO_USUAL_START
