"""What a recorder that is taken back costs: real processes and real signals, at random moments, in real time."""

import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from mntreamer.recorder.storing.workshop import workshop
from tests.faults.broadcast import Stretch
from tests.faults.hand_overs import HandedOver
from tests.faults.performance import Speed, perform
from tests.faults.row import Row
from tests.faults.takes import Container, take_of

HAND_OVERS = 50
_REAL_TIME = Speed(scale=1.0, patience_s=0.0)
_ROW = Row("handed over", (Stretch(24),))
_AT_ONCE = 6
_SPOOL_BYTES = 100_000_000


@dataclass(frozen=True, slots=True)
class HandOvers:
    """`lost` source segments of all recordings together; for `overlaps_s` each, two recorders were at work."""

    lost: int
    overlaps_s: Sequence[float]


def hand_overs(at_least: int = HAND_OVERS) -> HandOvers:
    """So many, one or more in each recording. Raises AssertionError where a recording is not what it should be."""
    take_of(_ROW.broadcast.encodings[0], Container.FMP4)
    lost, overlaps_s, turn = 0, list[float](), 0
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(_AT_ONCE) as threads:
        while len(overlaps_s) < at_least:
            taken = list(threads.map(lambda number: _one(number, Path(folder)), range(turn, turn + _AT_ONCE)))
            turn += _AT_ONCE
            lost += sum(lost_here for lost_here, _ in taken)
            overlaps_s += [overlap_s for _, overlaps in taken for overlap_s in overlaps]
    return HandOvers(lost, overlaps_s)


def table(measured: HandOvers) -> str:
    """Markdown."""
    overlaps_s = measured.overlaps_s
    head = "| hand-overs | source segments lost | two at work for, mean | at most |\n|--:|--:|--:|--:|"
    return f"{head}\n| {len(overlaps_s)} | {measured.lost} | {fmean(overlaps_s):.1f} s | {max(overlaps_s):.1f} s |"


def _one(turn: int, folder: Path) -> tuple[int, list[float]]:
    staging = HandedOver()
    with workshop(folder / f"{turn}", _SPOOL_BYTES, _SPOOL_BYTES) as unused:
        verdict = perform(_ROW, Container.FMP4, _REAL_TIME, unused, staging, turn)
    if verdict.flaws and not verdict.lost:
        raise AssertionError(verdict.flaws)
    return verdict.lost, staging.overlaps_s
