"""More may be due than one worker does in a minute: then others do the rest at the same time."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from mntreamer.domain.monitors.due import Due


def shares_of_others(
    due: Sequence[Due], rates_per_s: Mapping[str, float | None], within: timedelta, share: int
) -> list[list[Due]]:
    """What to hand on: a list of at most `share` monitors for each further worker, while the first keeps the rest.

    Only what its platform's rate leaves room for `within` that time: workers do not make a platform any faster.
    Each gets some of the urgent ones, so that these come first everywhere.
    """
    others = list(_fitting(due, rates_per_s, within))[share:]
    workers = math.ceil(len(others) / share)
    return [others[worker::workers] for worker in range(workers)]


def _fitting(due: Sequence[Due], rates_per_s: Mapping[str, float | None], within: timedelta) -> Iterator[Due]:
    taken: Counter[str] = Counter()
    for monitor in due:
        rate = rates_per_s.get(monitor.platform)
        taken[monitor.platform] += 1
        if rate is None or taken[monitor.platform] <= rate * within.total_seconds():
            yield monitor
