"""What a streamer's answer says of its schedule: by what it is looked at, why then, and what came of it lately."""

from typing import Any

from mntreamer.api.resources.reason_views import reason_view
from mntreamer.domain.monitors.check_reason import check_reason
from mntreamer.domain.monitors.looks import looks_a_day
from mntreamer.domain.monitors.streamer import Streamer
from mntreamer.domain.schedule.habit import Habit
from mntreamer.domain.schedule.habit_text import from_text
from mntreamer.domain.schedule.schedule import Schedule
from mntreamer.domain.schedule.usual_starts import UsualStart, expected_starts, usual_starts

View = dict[str, Any]


def schedule_view(streamer: Streamer, usual: Schedule) -> View:
    """`usual` is the schedule of streamers without one of their own."""
    habit = from_text(streamer.habit)
    reason = check_reason(streamer, habit, streamer.schedule or usual)
    return {
        "check_reason": reason,
        "check_reason_coded": reason_view(reason),
        "known_starts": habit.known,
        "usual_starts": [_usual_view(start) for start in usual_starts(habit)],
        "looks_a_day": looks_a_day(streamer),
        "expected_starts": expected_starts(habit),
        "delay_mean_s": _delay_mean_s(habit),
    }


def _usual_view(start: UsualStart) -> View:
    time = f"{start.minute // 60:02}:{start.minute % 60:02}"
    return {"time": time, "spread_min": start.spread_min, "weekdays": list(start.weekdays)}


def _delay_mean_s(habit: Habit) -> float | None:
    return round(habit.delay_sum_s / habit.delays, 1) if habit.delays else None
