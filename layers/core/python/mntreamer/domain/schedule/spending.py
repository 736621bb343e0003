"""What all looks at one platform come to, and the price of a look that keeps them within so many a day.

With n channels the price is what an even share of the looks would make right for a channel that starts once a day at
any time, times `thrift`: how much less regular channels need. So who adds channels changes the price with them, and
what the channels' habits are is learned from what was spent.
"""

import json
import math
from dataclasses import astuple, dataclass
from datetime import datetime, timedelta

from mntreamer.domain.schedule.wall_clock import DAY_S, HOUR_S
from mntreamer.domain.times import from_iso, to_iso

# A channel that was added counts within hours, one that is on air and not looked at for longer.
_LATELY_S, _TODAY_S = 3 * HOUR_S, 24 * HOUR_S
# Longer than a day, as evenings cost more than mornings, and slower than that, so that it does not swing.
_ACCOUNT_S = 2 * DAY_S
_GAIN = 0.5
_THRIFT_BOUNDS = (1 / 1000, 16.0)
# What the stepped table takes for a channel and day.
_USUAL_A_DAY = 100.0
# A clock that leaps, or a machine that slept, is not taken for time in which nobody looked.
_LONGEST_STEP = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Spending:
    """Decayed sums, and when they were last brought up to date.

    `lately` and `today` estimate how many channels wait for a look, over some hours and over a day. `spent` looks of
    `allowed` ones are those of the last days.
    """

    counted_at: datetime | None = None
    lately: float = 0.0
    today: float = 0.0
    spent: float = 0.0
    allowed: float = 0.0
    thrift: float = 0.25


def to_text(spending: Spending) -> str:
    """JSON, some 100 characters."""
    counted_at, *sums = astuple(spending)
    return json.dumps([counted_at and to_iso(counted_at), *(float(f"{of:.6g}") for of in sums)])


def from_text(text: str | None) -> Spending:
    """Nothing was spent yet for None."""
    if not text:
        return Spending()
    counted_at, *sums = json.loads(text)
    return Spending(counted_at and from_iso(counted_at), *sums)


def price_s(spending: Spending, checks_per_day: float | None) -> float:
    """What a look costs, in seconds of delay. `checks_per_day` is for all channels together.

    None for as many as the stepped table would take.
    """
    share = (checks_per_day or _usual(spending)) / _channels(spending)
    return spending.thrift * DAY_S / (2 * share**2)


def after_looks(
    spending: Spending, looks: int, waiting: timedelta, now: datetime, checks_per_day: float | None
) -> Spending:
    """Once so many looks were made; `waiting` is the sum of the waits that they decided on."""
    step_s, a_day = _step_s(spending, now), checks_per_day or _usual(spending)
    spent = _faded(spending.spent, step_s, _ACCOUNT_S) + looks
    allowed = _faded(spending.allowed, step_s, _ACCOUNT_S) + a_day * step_s / DAY_S
    return Spending(
        counted_at=now,
        lately=_faded(spending.lately, step_s, _LATELY_S) + waiting.total_seconds() / _LATELY_S,
        today=_faded(spending.today, step_s, _TODAY_S) + waiting.total_seconds() / _TODAY_S,
        spent=spent,
        allowed=allowed,
        thrift=_thrift(spending.thrift, spent, allowed, a_day, step_s),
    )


def _usual(spending: Spending) -> float:
    return _USUAL_A_DAY * _channels(spending)


def _channels(spending: Spending) -> float:
    return max(spending.lately, spending.today, 1.0)


def _thrift(thrift: float, spent: float, allowed: float, a_day: float, step_s: float) -> float:
    """Looks go with the root of the price. A day's worth stands on both sides until there is an account."""
    overspent = (spent + a_day) / (allowed + a_day)
    least, most = _THRIFT_BOUNDS
    return min(max(thrift * math.pow(overspent, 2 * _GAIN * step_s / _ACCOUNT_S), least), most)


def _step_s(spending: Spending, now: datetime) -> float:
    passed = now - spending.counted_at if spending.counted_at else timedelta(0)
    return min(max(passed, timedelta(0)), _LONGEST_STEP).total_seconds()


def _faded(total: float, passed_s: float, over_s: float) -> float:
    return total * math.exp(-passed_s / over_s)
