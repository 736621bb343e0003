"""A policy watches channels for a year.

Each channel is added at the first midnight, as if a stream had just ended. While a stream that was seen is on air,
its recorder asks the platform and the schedule does not; when it is over, the next probe comes after the step for a
miss count of 0. A stream that is over before it is probed is missed: nobody knows, and the steps go on.
No probe fails, and none is jittered: the waits are the policies' own.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from benchmarks.channel_habits import DAY_S, Stream
from benchmarks.schedule_policies import BY_HISTORY, BY_MISS_COUNT
from benchmarks.schedule_silence import Probe, Silence, looked_up, walked
from mntreamer.domain.errors import BadInput


@dataclass(slots=True)
class Year:
    """What came of it. `delays_s`: from the true start of each stream that was seen to the probe that saw it.

    Of `aired_s`, `unseen_s` went by: these delays, and each missed stream as a whole.
    """

    channels: int = 0
    probes: int = 0
    missed: int = 0
    aired_s: float = 0.0
    unseen_s: float = 0.0
    delays_s: list[float] = field(default_factory=list)


def silence_by(policy: str, grain_s: float) -> Silence:
    """Raises BadInput if no policy has that name."""
    if policy in BY_MISS_COUNT:
        return looked_up(BY_MISS_COUNT[policy], grain_s)
    if policy in BY_HISTORY:
        return walked(BY_HISTORY[policy], grain_s)
    raise BadInput(f"there is no policy {policy!r}")


def watch(world: Iterable[Iterable[Stream]], days: int, silence_after: Silence) -> Year:
    """`world`: each channel's streams, in order and apart, all starting within `days`."""
    year = Year()
    for streams in world:
        _watch_channel(year, streams, days * DAY_S, silence_after)
    return year


def _watch_channel(year: Year, streams: Iterable[Stream], until_s: float, silence_after: Silence) -> None:
    year.channels += 1
    seen_starts_s: list[float] = []
    first_probe_from = silence_after(0.0, seen_starts_s)
    for stream in streams:
        probe = first_probe_from(stream.start_s)
        if probe.at_s < stream.end_s:
            seen_starts_s.append(stream.start_s)
            first_probe_from = silence_after(stream.end_s, seen_starts_s)
            year.probes += probe.before + 1
        _note(year, stream, probe)
    year.probes += first_probe_from(until_s).before


def _note(year: Year, stream: Stream, probe: Probe) -> None:
    year.aired_s += stream.end_s - stream.start_s
    year.unseen_s += min(probe.at_s, stream.end_s) - stream.start_s
    if probe.at_s < stream.end_s:
        year.delays_s.append(probe.at_s - stream.start_s)
    else:
        year.missed += 1
