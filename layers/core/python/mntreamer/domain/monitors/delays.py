"""How late we were: what a user loses of a stream's begin, measured against the platform's own word for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from mntreamer.domain.monitors.probe import Live
from mntreamer.domain.monitors.streamer import Streamer
from mntreamer.domain.recordings.recording import Recording

_P95 = 0.95


@dataclass(frozen=True, slots=True)
class Delays:
    """What some delays come to, None where there is none. `p95_s` by nearest rank: a delay that there really was."""

    count: int = 0
    mean_s: float | None = None
    p95_s: float | None = None
    max_s: float | None = None


def detection_delay_s(streamer: Streamer, live: Live, seen_at: datetime) -> float | None:
    """From the stream's begin to the first probe that saw it; None where it was on before anybody looked for it."""
    if live.started_at < (streamer.watched_since or streamer.added_at):
        return None
    return max(0.0, (seen_at - live.started_at).total_seconds())


def start_delay_s(recording: Recording) -> float | None:
    """From the stream's begin to the first stored segment; None as above, and while nothing is stored."""
    if recording.detection_delay_s is None or recording.first_segment_at is None:
        return None
    return max(0.0, (recording.first_segment_at - recording.started_at).total_seconds())


def delays_of(values_s: Sequence[float]) -> Delays:
    if not values_s:
        return Delays()
    ordered = sorted(values_s)
    count = len(ordered)
    return Delays(count, round(sum(ordered) / count, 3), ordered[ceil(_P95 * count) - 1], ordered[-1])
