"""How often a channel was looked at while it was not live: over about 30 days, older looks count less."""

from datetime import datetime, timedelta
from math import exp

from mntreamer.domain.monitors.streamer import Streamer, StreamerChanges

_MONTH = timedelta(days=30)
# A pause is not time in which nobody had to look.
_LONGEST = timedelta(days=2)


def with_look(streamer: Streamer, before: datetime | None, at: datetime) -> StreamerChanges:
    """Once more looked `at`; `before` is when it was last."""
    passed = min(max(at - before, timedelta(0)), _LONGEST) if before else timedelta(0)
    kept = exp(-(passed / _MONTH))
    return StreamerChanges(
        looks=round(streamer.looks * kept + 1, 3),
        looked_days=round(streamer.looked_days * kept + passed / timedelta(days=1), 5),
    )


def looks_a_day(streamer: Streamer) -> float | None:
    """None before there is a first day to speak of."""
    return round(streamer.looks / streamer.looked_days, 1) if streamer.looked_days >= 1 else None
