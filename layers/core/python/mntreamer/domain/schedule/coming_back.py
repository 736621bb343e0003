"""How likely a channel is back soon after the end of a stream: it broke off, or goes on with something else."""

from bisect import bisect_right
from collections.abc import Sequence

from mntreamer.domain.schedule.habit import BACK_WITHIN_S, Habit

_LENGTHS_S = tuple(until_s - from_s for from_s, until_s in zip((0.0, *BACK_WITHIN_S), BACK_WITHIN_S, strict=False))
# Of fifty ends one is followed by a start in each of the spells, until a channel shows what it does after so many.
_ASSUMED, _ASSUMED_ENDS = 0.02, 8.0


def back_per_s(habit: Habit) -> Sequence[float]:
    """The starts to be expected in a second of each spell of `BACK_WITHIN_S`, and none in the time behind them."""
    of_ends = (
        (came + _ASSUMED * _ASSUMED_ENDS) / (waited + _ASSUMED_ENDS)
        for came, waited in zip(habit.came_back, habit.waited, strict=True)
    )
    return (*(chance / length_s for chance, length_s in zip(of_ends, _LENGTHS_S, strict=True)), 0.0)


def spell_of(since_end_s: float) -> int:
    """Which of the spells it is in so long after an end."""
    return bisect_right(BACK_WITHIN_S, since_end_s)


def spells_waited(since_end_s: float) -> Sequence[float]:
    """How much of each spell has passed so long after an end, as a share of it."""
    return tuple(
        min(max(since_end_s - (until_s - length_s), 0.0), length_s) / length_s
        for until_s, length_s in zip(BACK_WITHIN_S, _LENGTHS_S, strict=True)
    )
