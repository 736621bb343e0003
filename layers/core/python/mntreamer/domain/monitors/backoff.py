"""The stepped back-off: the longer a streamer was not live, the more rarely we look."""

from datetime import datetime, timedelta
from typing import NamedTuple
from zlib import crc32

from mntreamer.domain.times import to_iso


class Step(NamedTuple):
    """What a miss leads to: the wait until the next probe and the miss count that it leaves behind."""

    wait: timedelta
    miss_count: int


_MINUTES_BELOW = ((12, 1), (24, 3), (36, 10), (48, 15), (60, 30), (62, 40))
_LONGEST_MINUTES = 50
# A probe that failed is still owed: it is repeated within minutes, however seldom the channel is looked at.
_FIRST_ERROR_WAIT = timedelta(minutes=1)
_LONGEST_ERROR_WAIT = timedelta(minutes=5)
_LONGEST_REFUSAL_WAIT = timedelta(minutes=60)
_DOUBLINGS = 6
_LARGEST_JITTER = 0.1


def step_after_miss(miss_count: int) -> Step:
    """The step for a streamer that was missed `miss_count` times in a row before this probe.

    From 62 misses on the wait is the longest one and the count starts again at 0, so that a channel that was silent
    for a day is looked at closely again for a while.
    """
    for bound, minutes in _MINUTES_BELOW:
        if miss_count < bound:
            return Step(timedelta(minutes=minutes), miss_count + 1)
    return Step(timedelta(minutes=_LONGEST_MINUTES), 1)


def wait_after_error(error_count: int) -> timedelta:
    """The wait after a probe without an answer, `error_count` such probes in a row before it: 1, 2, 4, 5, 5 … min."""
    return min(_doubled(error_count), _LONGEST_ERROR_WAIT)


def wait_after_refusal(error_count: int) -> timedelta:
    """The wait after a probe that was sent away, `error_count` failed ones in a row before it: 1, 2, 4 … 60 minutes.

    It may be this channel alone that is refused; asking for it often would close the platform to all others.
    """
    return min(_doubled(error_count), _LONGEST_REFUSAL_WAIT)


def _doubled(error_count: int) -> timedelta:
    return _FIRST_ERROR_WAIT * (1 << min(error_count, _DOUBLINGS))


def jittered(wait: timedelta, streamer_id: str, claimed_at: datetime) -> timedelta:
    """The wait, up to a tenth shorter, so that channels that were added together drift apart.

    Shorter and never longer: where ticks come each minute, a second too late is a minute too late. The same
    streamer and time give the same jitter, which spares a source of chance.
    """
    chance = crc32(f"{streamer_id} {to_iso(claimed_at)}".encode()) / 2**32
    return wait * (1 - _LARGEST_JITTER * chance)
