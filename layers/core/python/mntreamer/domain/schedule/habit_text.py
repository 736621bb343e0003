"""A habit as text of some hundred characters: small enough to lie in its streamer's row, which is written often."""

import struct
import zlib
from base64 import b85decode, b85encode
from itertools import islice

from mntreamer.domain.schedule.habit import BACK_WITHIN_S, HOURS, MODELS, QUARTERS, SPELLS, Habit

# What another version of mntreamer wrote is learned anew: nothing else depends on it.
_FORM = 2
_SUMS = 5
_BACK = len(BACK_WITHIN_S)
_LAYOUT = struct.Struct(f"<BI2q{_SUMS + MODELS + 2 * _BACK + 2 * SPELLS}e{QUARTERS}s{QUARTERS}s{HOURS}s")
_NEVER = -1
# What half a float holds: three digits, which are enough for what is counted.
_LARGEST_COUNT = 65_000.0


def to_text(habit: Habit) -> str:
    """ASCII without quotes. Times are kept in whole seconds."""
    counts = (habit.starts, habit.days, habit.delays, habit.delay_sum_s, habit.drift, *habit.right)
    spells = (*habit.came_back, *habit.waited, *habit.came, *habit.expected)
    packed = _LAYOUT.pack(
        _FORM,
        habit.known,
        *(_NEVER if at_s is None else int(at_s) for at_s in (habit.last_start_s, habit.last_end_s)),
        *(min(count, _LARGEST_COUNT) for count in (*counts, *spells)),
        *(habit.day, habit.recent, habit.week),
    )
    return b85encode(zlib.compress(packed, 9)).decode("ascii")


def from_text(text: str | None) -> Habit:
    """The habit; a stranger's for None, and for what is in another version's form."""
    packed = zlib.decompress(b85decode(text)) if text else b""
    if len(packed) != _LAYOUT.size or packed[0] != _FORM:
        return Habit()
    _, known, start_s, end_s, *counts, day, recent, week = _LAYOUT.unpack(packed)
    starts, days, delays, delay_sum_s, drift, *others = counts
    of = iter(others)
    return Habit(
        known=known,
        last_start_s=None if start_s == _NEVER else float(start_s),
        last_end_s=None if end_s == _NEVER else float(end_s),
        starts=starts,
        days=days,
        delays=delays,
        delay_sum_s=delay_sum_s,
        drift=drift,
        right=tuple(islice(of, MODELS)),
        came_back=tuple(islice(of, _BACK)),
        waited=tuple(islice(of, _BACK)),
        came=tuple(islice(of, SPELLS)),
        expected=tuple(islice(of, SPELLS)),
        day=day,
        recent=recent,
        week=week,
    )
