"""How many starts of a channel are to be expected in a second, at any time: the rate of a Poisson process.

It is the mean rate, times what the models make of the time of the day and the week, times how much likelier than
that a start is so long after the last stream, times the doubt that a long silence raises. What is back soon after an
end comes on top, whenever that is.
"""

from bisect import bisect_right
from operator import mul
from typing import NamedTuple

from mntreamer.domain.schedule.coming_back import back_per_s, spell_of
from mntreamer.domain.schedule.habit import (
    HOURS,
    LATER_DAYS,
    QUARTER_S,
    QUARTERS,
    SINCE_END_S,
    SINCE_START_S,
    Habit,
)
from mntreamer.domain.schedule.sums import scale
from mntreamer.domain.schedule.wall_clock import DAY_S, HOUR_S

# Who streams past midnight still has the same day: it ends while people sleep.
_DAY_BEGINS_H = 6
_WEEKDAYS = 7

# What is assumed until a channel shows it: one start in two days, and that half as many come after one on that day.
_STARTS_ASSUMED, _DAYS_ASSUMED = 0.3, 0.6
_LIKELIER_ASSUMED = (*(0.5,) * len(SINCE_END_S), 0.4, *(1.0,) * (len(SINCE_START_S) - 1 + LATER_DAYS))
_ASSUMED_COUNT = 1.0
# A model that was never right may be so tomorrow, the one that expects a start at any time above all.
_LEAST_TRUST = 0.02
# When so many expected starts did not come, half as many are expected.
_PATIENCE = 2.0


class Guesses(NamedTuple):
    """What the models say of a moment, in multiples of the mean rate, in the order of `Habit.right`."""

    any_time: float
    day: float
    weekday: float
    week: float
    recent: float


class Rate:
    """A habit with a known start, made ready to be asked often. It is valid until the next start."""

    def __init__(self, habit: Habit) -> None:
        self._habit = habit
        self._day_scale, self._week_scale = scale(habit.day), scale(habit.week)
        self._recent_scale = scale(habit.recent)
        self._weekdays = _weekdays(habit.week)
        total = sum(habit.right)
        self._trust = [max(right / total, _LEAST_TRUST) for right in habit.right]
        self.mean_per_s = (habit.starts + _STARTS_ASSUMED) / (habit.days + _DAYS_ASSUMED) / DAY_S
        self._likelier = [
            (came + _ASSUMED_COUNT * assumed) / (expected + _ASSUMED_COUNT)
            for came, expected, assumed in zip(habit.came, habit.expected, _LIKELIER_ASSUMED, strict=True)
        ]
        self._back_per_s = back_per_s(habit)
        self._end_s = habit.last_end_s or 0.0
        self._start_s = habit.last_start_s or 0.0

    def per_s(self, at_s: float) -> float:
        """The starts to be expected in a second at a wall time, if none came before it."""
        overdue = self.mean_per_s * max(at_s - self._end_s - DAY_S, 0.0)
        doubt = _PATIENCE / (_PATIENCE + overdue)
        return self.usual_per_s(at_s) * self._likelier[self.spell(at_s)] * doubt + self._back(at_s)

    def share_back(self, at_s: float) -> float:
        """Of the starts to be expected then, the share that is soon after an end and not usual."""
        return self._back(at_s) / self.per_s(at_s)

    def usual_per_s(self, at_s: float) -> float:
        """The same by the time of the day and the week alone, whenever the last stream was."""
        trusted: float = sum(map(mul, self._trust, self.guesses(at_s)))
        return self.mean_per_s * trusted

    def guesses(self, at_s: float) -> Guesses:
        quarter = int(at_s / QUARTER_S) % QUARTERS
        hour = int(at_s / HOUR_S)
        day = self._habit.day[quarter] * self._day_scale
        return Guesses(
            1.0,
            day,
            day * self._weekdays[(hour - _DAY_BEGINS_H) // 24 % _WEEKDAYS],
            self._habit.week[hour % HOURS] * self._week_scale,
            self._habit.recent[self._drifted(at_s)] * self._recent_scale,
        )

    def _back(self, at_s: float) -> float:
        return self._back_per_s[spell_of(at_s - self._end_s)]

    def _drifted(self, at_s: float) -> int:
        """The quarter of the day as it was at the last start."""
        return int((at_s - self._habit.drift * (at_s - self._start_s)) / QUARTER_S) % QUARTERS

    def spell(self, at_s: float) -> int:
        """Which of the spells after the last stream a wall time is in."""
        since_end_s = at_s - self._end_s
        if since_end_s < SINCE_END_S[-1]:
            return bisect_right(SINCE_END_S, since_end_s)
        since_start_s = at_s - self._start_s
        if since_start_s < SINCE_START_S[-1]:
            return len(SINCE_END_S) + bisect_right(SINCE_START_S, since_start_s)
        later_days = int((since_start_s - SINCE_START_S[-1]) / DAY_S)
        return len(SINCE_END_S) + len(SINCE_START_S) + min(later_days, LATER_DAYS - 1)


def _weekdays(week: bytes) -> list[float]:
    """For each day of the week, in multiples of the mean, how much falls on it."""
    from_morning = week[_DAY_BEGINS_H:] + week[:_DAY_BEGINS_H]
    share = scale(week) / 24
    return [sum(from_morning[day : day + 24]) * share for day in range(0, HOURS, 24)]
