"""The probes of a channel from the end of one stream until another is seen, by a policy.

`grain_s` is the time between two ticks: a probe that is due waits for the next one. 0 means that it comes when due.
"""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Sequence
from math import ceil
from typing import NamedTuple

from benchmarks.schedule_policies import ByHistory, ByMissCount
from mntreamer.domain.errors import BadInput
from mntreamer.domain.monitors.backoff import Step


class Probe(NamedTuple):
    """`before` counts the probes of the same silence that came before it."""

    at_s: float
    before: int


# The first probe at a moment or later; moments are asked for in their order.
FirstProbeFrom = Callable[[float], Probe]
# Begins a silence: takes when the stream ended and the starts of the streams that were seen so far.
Silence = Callable[[float, Sequence[float]], FirstProbeFrom]


def looked_up(step_after: ByMissCount, grain_s: float) -> Silence:
    """Where only the miss count decides, each silence has the same steps: its misses are not walked one by one."""
    offsets_s = _Offsets(step_after, grain_s)

    def begin(ended_s: float, _starts_s: Sequence[float]) -> FirstProbeFrom:
        first_s = _ticked(ended_s + _wait_s(step_after(0)), grain_s)

        def first_probe_from(moment_s: float) -> Probe:
            before = offsets_s.count_below(moment_s - first_s)
            return Probe(first_s + offsets_s[before], before)

        return first_probe_from

    return begin


def walked(step_after: ByHistory, grain_s: float) -> Silence:
    def begin(ended_s: float, starts_s: Sequence[float]) -> FirstProbeFrom:
        miss_count = before = 0
        at_s = _ticked(ended_s + _wait_s(step_after(0, ended_s, starts_s)), grain_s)

        def first_probe_from(moment_s: float) -> Probe:
            nonlocal miss_count, before, at_s
            while at_s < moment_s:
                step = step_after(miss_count, at_s, starts_s)
                at_s = _ticked(at_s + _wait_s(step), grain_s)
                miss_count = step.miss_count
                before += 1
            return Probe(at_s, before)

        return first_probe_from

    return begin


class _Offsets:
    """The times of a silence's probes after its first, reckoned as far as they are needed."""

    def __init__(self, step_after: ByMissCount, grain_s: float) -> None:
        self._step_after = step_after
        self._grain_s = grain_s
        self._miss_count = 0
        self._offsets_s = array("d", [0.0])

    def __getitem__(self, index: int) -> float:
        return self._offsets_s[index]

    def count_below(self, offset_s: float) -> int:
        while self._offsets_s[-1] < offset_s:
            step = self._step_after(self._miss_count)
            self._offsets_s.append(_ticked(self._offsets_s[-1] + _wait_s(step), self._grain_s))
            self._miss_count = step.miss_count
        return bisect_left(self._offsets_s, offset_s)


def _ticked(due_s: float, grain_s: float) -> float:
    return ceil(due_s / grain_s) * grain_s if grain_s else due_s


def _wait_s(step: Step) -> float:
    """Raises BadInput for a policy that would probe for ever at one moment."""
    wait_s = step.wait.total_seconds()
    if wait_s <= 0:
        raise BadInput("a policy must wait for longer than nothing")
    return wait_s
