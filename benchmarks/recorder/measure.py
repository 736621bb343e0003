"""One way records some channels at once for a while, and what that costs is counted."""

import tempfile
import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.recorder.broadcast import Broadcast
from benchmarks.recorder.figures import Cost
from benchmarks.recorder.origin import Origin
from benchmarks.recorder.usage import PeakMemory, cpu_s
from benchmarks.recorder.ways import Source, Way, place_of, recording
from mntreamer.domain.errors import MntreamerError
from mntreamer.domain.media_path import SEGMENTS
from mntreamer.domain.playlists.source_playlist import SegmentName, parse_segment_name

# Pieces of six seconds do not end with the minute, and MPEG-TS is larger than what it is made of.
_KEPT_UP = 0.8


class NotKeptUp(MntreamerError):
    """Less was recorded than was broadcast: what that costs means nothing."""

    code = "not_kept_up"


@dataclass(frozen=True, slots=True)
class Reading:
    """Counters at one moment: processor seconds, and the bytes that each recording has."""

    at_s: float
    cpu_s: float
    origin_cpu_s: float
    stored_bytes: Sequence[int]


def measure(way: Way, origin: Origin, count: int, settle_s: float, record_s: float, bytes_per_s: float) -> Cost:
    """Counted for `record_s` from `settle_s` after the start, when all is running that goes on running.

    `bytes_per_s` is what each channel broadcasts. Raises NotKeptUp.
    """
    source = Source([origin.url(channel) for channel in range(count)], origin.trusted)
    with tempfile.TemporaryDirectory(prefix="mntreamer-bench-") as name:
        folder = Path(name)
        with recording(way, source, folder) as started, PeakMemory(pids := [one.pid for one in started]) as peak:
            time.sleep(settle_s)
            before = _read(pids, origin, folder, count)
            time.sleep(record_s)
            after = _read(pids, origin, folder, count)
        check_kept_up(way.name, before, after, bytes_per_s)
        delays_s = tuple(_delays_s(folder, origin.broadcasts, before.at_s))
    cpu, origin_cpu = after.cpu_s - before.cpu_s, after.origin_cpu_s - before.origin_cpu_s
    return Cost(way.name, count, after.at_s - before.at_s, cpu, origin_cpu, peak.most, delays_s)


def check_kept_up(way: str, before: Reading, after: Reading, bytes_per_s: float) -> None:
    """Raises NotKeptUp unless every recording has grown as its broadcast has."""
    due = bytes_per_s * (after.at_s - before.at_s)
    grown = [new - old for old, new in zip(before.stored_bytes, after.stored_bytes, strict=True)]
    if late := [number for number, growth in enumerate(grown) if growth < _KEPT_UP * due]:
        raise NotKeptUp(
            f"{way}: {len(late)} of {len(grown)} recordings did not keep up, the worst {min(grown) / due:.0%}"
        )


def _read(pids: Sequence[int], origin: Origin, folder: Path, count: int) -> Reading:
    stored = [_stored_bytes(folder, channel) for channel in range(count)]
    return Reading(time.time(), cpu_s(pids), cpu_s([origin.pid]), stored)


def _stored_bytes(folder: Path, channel: int) -> int:
    return sum(piece.stat().st_size for piece in (folder / place_of(channel)).rglob("*.ts"))


def _delays_s(folder: Path, broadcasts: Sequence[Broadcast], from_s: float) -> Iterator[float]:
    """Of our own segments whose last source segment was listed since then."""
    for channel, broadcast in enumerate(broadcasts):
        stored = {
            parse_segment_name(piece.name): piece for piece in (folder / place_of(channel) / SEGMENTS).glob("*.ts")
        }
        for name in whole_bundles(stored):
            listed_at_s = broadcast.listed_at_s(name.last)
            if listed_at_s >= from_s:
                yield stored[name].stat().st_ctime - listed_at_s  # when it was moved to where it lies


def whole_bundles(names: Collection[SegmentName]) -> list[SegmentName]:
    """Without those that hold fewer source segments than others: their recorder was stopped while it awaited more."""
    most = max((name.count for name in names), default=0)
    return [name for name in names if name.count == most]
