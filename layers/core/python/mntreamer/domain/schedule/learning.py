"""A habit is learned: each start and end that becomes known changes what is remembered."""

from collections.abc import Sequence
from dataclasses import replace
from math import exp

from mntreamer.domain.schedule.coming_back import spell_of, spells_waited
from mntreamer.domain.schedule.habit import QUARTER_S, QUARTERS, SPELLS, Habit
from mntreamer.domain.schedule.rate import Rate
from mntreamer.domain.schedule.sums import aged, decayed, with_seen
from mntreamer.domain.schedule.wall_clock import DAY_S, HOUR_S, MINUTE_S, WEEK_S

# How wide a start is felt, in quarters of an hour and in hours: people are not punctual to the minute.
_DAY_BUMP = (8, 16, 24, 16, 8)
_RECENT_BUMP = (9, 18, 27, 36, 45, 36, 27, 18, 9)
_WEEK_BUMP = (8, 24, 8)
# What is kept from one start to the next: of the last few starts, of how right a model was, of how soon it came back.
_RECENT_KEPT, _RIGHT_KEPT, _RETURNS_KEPT = 0.75, 0.96, 0.97
_UNTRIED = Habit().right[0] * (1 - _RIGHT_KEPT)
# Of the mean rate and of the delays.
_REMEMBERED_DAYS = 30.0
_DRIFT_GAIN = 0.2
_DRIFTS_WITHIN_S, _FARTHEST_DRIFT_S = 3.5 * DAY_S, 4 * HOUR_S
# A model is judged by what it said before, which it can do from the third start on.
_FIRST_JUDGED = 3
# Beyond that a silence is a holiday, and says nothing about returns.
_LONGEST_SPELL_S = 12 * DAY_S


def with_start(habit: Habit, start_s: float) -> Habit:
    """Once a start is known, in wall seconds. One that is hardly later than the last one is the same, or older."""
    if habit.last_start_s is not None and start_s < habit.last_start_s + MINUTE_S:
        return habit
    return _counted(_seen(_drifted(_judged(habit, start_s), start_s), start_s), start_s)


def with_delay(habit: Habit, delay_s: float) -> Habit:
    """Once it is known how late the last start was seen."""
    return replace(habit, delays=habit.delays + 1, delay_sum_s=habit.delay_sum_s + delay_s)


def with_end(habit: Habit, end_s: float) -> Habit:
    """Once the end of the last stream is known, in wall seconds."""
    return replace(habit, last_end_s=max(end_s, habit.last_start_s or end_s))


def _judged(habit: Habit, start_s: float) -> Habit:
    """Who expected this start? It is asked before it is learned from."""
    if not habit.known:
        return habit
    rate = Rate(habit)
    habit = _returned(habit, rate, start_s)
    if habit.known < _FIRST_JUDGED:
        return habit
    said = [trust * guess for trust, guess in zip(habit.right, rate.guesses(start_s), strict=True)]
    right = (
        _RIGHT_KEPT * before + of_it / sum(said) + _UNTRIED for before, of_it in zip(habit.right, said, strict=True)
    )
    return replace(habit, right=tuple(right))


def _returned(habit: Habit, rate: Rate, start_s: float) -> Habit:
    """A start soon after an end counts as far as it came back, and as usual for the rest."""
    if habit.last_end_s is None:
        return habit
    since_end_s, share_back = start_s - habit.last_end_s, rate.share_back(start_s)
    until_s = min(start_s, habit.last_end_s + _LONGEST_SPELL_S)
    came = (rate.spell(start_s), 1 - share_back) if until_s == start_s else None
    return replace(
        habit,
        came_back=_with(habit.came_back, (spell_of(since_end_s), share_back)),
        waited=_plus(habit.waited, spells_waited(since_end_s)),
        came=_with(habit.came, came),
        expected=_plus(habit.expected, _expected(rate, habit.last_end_s, until_s)),
    )


def _with(counts: Sequence[float], one: tuple[int, float] | None) -> tuple[float, ...]:
    """Faded, and with so much more in one of them, if it is there."""
    which, more = one or (0, 0.0)
    return _plus(counts, [more if spell == which else 0.0 for spell in range(len(counts))])


def _plus(counts: Sequence[float], more: Sequence[float]) -> tuple[float, ...]:
    return tuple(count * _RETURNS_KEPT + of_it for count, of_it in zip(counts, more, strict=True))


def _expected(rate: Rate, from_s: float, until_s: float) -> list[float]:
    """For each spell, the starts that the models expected between two wall times."""
    expected = [0.0] * SPELLS
    at_s = from_s
    while at_s < until_s:
        next_s = min((at_s // QUARTER_S + 1) * QUARTER_S, until_s)
        expected[rate.spell(at_s)] += rate.usual_per_s(at_s) * (next_s - at_s)
        at_s = next_s
    return expected


def _drifted(habit: Habit, start_s: float) -> Habit:
    """`recent` is moved to what it means at this start, and the drift is followed."""
    if habit.last_start_s is None or start_s - habit.last_start_s > _DRIFTS_WITHIN_S:
        return habit
    passed_s = start_s - habit.last_start_s
    moved = round(habit.drift * passed_s / QUARTER_S) % QUARTERS
    recent = habit.recent[-moved:] + habit.recent[:-moved]
    later_s = (passed_s + DAY_S / 2) % DAY_S - DAY_S / 2
    if passed_s < DAY_S / 2 or abs(later_s) > _FARTHEST_DRIFT_S:
        return replace(habit, recent=recent)
    return replace(habit, recent=recent, drift=habit.drift + _DRIFT_GAIN * (later_s / passed_s - habit.drift))


def _seen(habit: Habit, start_s: float) -> Habit:
    quarter = int(start_s / QUARTER_S) % QUARTERS
    weeks = 0 if habit.last_start_s is None else int(start_s // WEEK_S - habit.last_start_s // WEEK_S)
    return replace(
        habit,
        day=with_seen(aged(habit.day, weeks), quarter, _DAY_BUMP),
        recent=with_seen(decayed(habit.recent, _RECENT_KEPT), quarter, _RECENT_BUMP),
        week=with_seen(aged(habit.week, weeks), int(start_s / HOUR_S) % len(habit.week), _WEEK_BUMP),
    )


def _counted(habit: Habit, start_s: float) -> Habit:
    days = 0.0 if habit.last_start_s is None else (start_s - habit.last_start_s) / DAY_S
    kept = exp(-days / _REMEMBERED_DAYS)
    return replace(
        habit,
        known=habit.known + 1,
        last_start_s=start_s,
        last_end_s=max(start_s, habit.last_end_s or start_s),
        starts=habit.starts * kept + 1,
        delays=habit.delays * kept,
        delay_sum_s=habit.delay_sum_s * kept,
        days=habit.days * kept + _REMEMBERED_DAYS * (1 - kept),
    )
