"""What is remembered of a channel's starts, in a space that does not grow.

Several simple models guess when it starts; how often each was right says how much it is trusted.
"""

from dataclasses import dataclass

QUARTER_S = 900.0
QUARTERS = 96
HOURS = 168
# The models: at any time; at a time of the day; at that on a day of the week; at an hour of the week; at the times of
# the last few starts.
MODELS = 5
# Who breaks off is back so soon after the end of the last stream.
BACK_WITHIN_S = (300.0, 600.0, 900.0, 1800.0, 3600.0, 7200.0)
# How long after the end of the last stream; behind that since its start: on the same day, before, about and after a
# day later, and then day by day.
SINCE_END_S = (7200.0, 14400.0, 28800.0)
SINCE_START_S = (57600.0, 79200.0, 100800.0, 144000.0)
LATER_DAYS = 6
SPELLS = len(SINCE_END_S) + len(SINCE_START_S) + LATER_DAYS

_UNTRIED = 0.3


@dataclass(frozen=True, slots=True)
class Habit:
    """Times are wall seconds, None before the first start.

    `known` counts the starts that are known; `starts` of them in `days`, both fading with the weeks, give the mean
    rate. `delay_sum_s` is how late `delays` of them were seen, both fading as well. `day`, `recent` and `week` are
    decayed sums over the quarters of a day and the hours of a week. `right` is how often each model was right.
    `drift` is how much later it starts from day to day, as a share of a day, and `recent` moves with it.
    `came_back` is how often it was back in each of the first spells after an end, as far as it was not usual to start
    then; `waited` is for how many such spells. `came` is how often it started so long after the last stream, beside
    how often the models alone `expected` it to.
    """

    known: int = 0
    last_start_s: float | None = None
    last_end_s: float | None = None
    starts: float = 0.0
    days: float = 0.0
    delays: float = 0.0
    delay_sum_s: float = 0.0
    drift: float = 0.0
    day: bytes = bytes(QUARTERS)
    recent: bytes = bytes(QUARTERS)
    week: bytes = bytes(HOURS)
    right: tuple[float, ...] = (_UNTRIED,) * MODELS
    came_back: tuple[float, ...] = (0.0,) * len(BACK_WITHIN_S)
    waited: tuple[float, ...] = (0.0,) * len(BACK_WITHIN_S)
    came: tuple[float, ...] = (0.0,) * SPELLS
    expected: tuple[float, ...] = (0.0,) * SPELLS
