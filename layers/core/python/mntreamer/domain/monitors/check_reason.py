"""Why a streamer is looked at when it is: in words, for whoever wonders."""

from mntreamer.domain.monitors.streamer import Streamer, StreamerStatus
from mntreamer.domain.schedule.habit import Habit
from mntreamer.domain.schedule.next_look import KNOWN_ENOUGH
from mntreamer.domain.schedule.schedule import Schedule
from mntreamer.domain.schedule.usual_starts import in_words, usual_starts


def check_reason(streamer: Streamer, habit: Habit, schedule: Schedule) -> str | None:
    """None where nobody looks. `schedule` is the one that it is looked at by."""
    if streamer.check_at is None:
        return None
    if streamer.recording_id or streamer.status is StreamerStatus.RECORDING:
        return "it is being recorded"
    if streamer.error_count:
        return "the last look failed, and is repeated"
    if streamer.is_streaming:
        return "it is live, and whether it can be recorded now is looked at again"
    if schedule is Schedule.STEPPED:
        return f"by the table, after {streamer.miss_count} looks in a row that found it offline"
    return _by_habit(habit)


def _by_habit(habit: Habit) -> str:
    if habit.known < KNOWN_ENOUGH:
        starts = "1 start is" if habit.known == 1 else f"{habit.known or 'no'} starts are"
        return f"{starts} known yet: by the table, until there are {KNOWN_ENOUGH}"
    usual = in_words(usual_starts(habit))
    return f"usually starts {usual}" if usual else "starts at no usual time"
