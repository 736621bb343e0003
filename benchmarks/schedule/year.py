"""A policy watches channels for a year.

Each channel is added at a Monday's midnight. While a stream that was seen is on air, its recorder asks the
platform and the schedule does not. A stream that is over before it is looked for is missed: nobody knows of it. No
look fails, and none is jittered. The price of a look is found hour by hour, as the ticks do.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from benchmarks.schedule.channels import ADDED_S, Channel
from benchmarks.schedule.habits import HOUR_S
from benchmarks.schedule.policies import Policy, Watcher
from mntreamer.domain.schedule.spending import Spending, after_looks, price_s

_BEGIN = datetime(2026, 1, 5, tzinfo=UTC)


@dataclass(slots=True)
class Seen:
    """What came of one channel. `delays_s`: from the start of each stream that was seen to the look that saw it."""

    kind: str
    looks: int = 0
    missed: int = 0
    delays_s: list[float] = field(default_factory=list)


@dataclass(slots=True)
class _Watch:
    channel: Channel
    watcher: Watcher
    seen: Seen
    next_s: float = ADDED_S
    stream: int = 0

    def until(self, until_s: float, price_of_look_s: float) -> float:
        """Looks that are due until then are made; the sum of the waits that they decided on, in seconds."""
        waits_s = 0.0
        while self.next_s < until_s:
            self._look()
            wait_s = self.watcher.wait_s(self.next_s, price_of_look_s)
            self.next_s += wait_s
            waits_s += wait_s
        return waits_s

    def _look(self) -> None:
        self.seen.looks += 1
        streams = self.channel.streams
        while self.stream < len(streams) and streams[self.stream].end_s <= self.next_s:
            self.stream += 1
            self.seen.missed += 1
        if self.stream < len(streams) and streams[self.stream].start_s <= self.next_s:
            stream = streams[self.stream]
            self.stream += 1
            self.seen.delays_s.append(self.next_s - stream.start_s)
            self.watcher.saw(stream)
            self.next_s = stream.end_s


def watch(channels: Sequence[Channel], policy: Policy, days: int, looks_a_day: float) -> list[Seen]:
    """`looks_a_day`: how many the policy is to keep to, for a channel; those without a price do as they do."""
    watches = [_Watch(channel, policy(channel), Seen(channel.kind)) for channel in channels]
    spending, allowed = Spending(), looks_a_day * len(channels)
    for hour in range(1, days * 24 + 1):
        looks_before = sum(watch.seen.looks for watch in watches)
        price = price_s(spending, allowed)
        waits_s = sum(watch.until(ADDED_S + hour * HOUR_S, price) for watch in watches)
        looks = sum(watch.seen.looks for watch in watches) - looks_before
        now = _BEGIN + timedelta(hours=hour)
        spending = after_looks(spending, looks, timedelta(seconds=waits_s), now, allowed)
    return [watch.seen for watch in watches]


def looks_a_day(seen: Sequence[Seen], days: int) -> float:
    """Of a channel, in the mean."""
    return sum(of.looks for of in seen) / len(seen) / days
