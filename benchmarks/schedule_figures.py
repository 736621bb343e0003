"""A year in a few numbers, and the numbers as a table."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import ceil
from statistics import fmean

from benchmarks.schedule_year import Year

_HEAD = """\
| policy | probes a channel and day | saved | delay, mean | delay, 95 % within | streams missed | air time unseen |
|---|--:|--:|--:|--:|--:|--:|"""
_TOLD_IN_MINUTES_FROM_S = 120


@dataclass(frozen=True, slots=True)
class Figures:
    """`delay_*_s` are of the streams that were seen, None if none was; `missed_share` is of all streams.

    `unseen_share` is of the time on air: the delays and the whole of each missed stream. `saved_share` is of the
    probes that a fixed minute makes.
    """

    probes_per_day: float
    saved_share: float
    delay_mean_s: float | None
    delay_p95_s: float | None
    missed_share: float
    unseen_share: float


def figures(year: Year, days: int, fixed_minute: Year) -> Figures:
    streams = len(year.delays_s) + year.missed
    return Figures(
        probes_per_day=round(year.probes / year.channels / days, 2),
        saved_share=round(1 - year.probes / fixed_minute.probes, 4),
        delay_mean_s=round(fmean(year.delays_s), 1) if year.delays_s else None,
        delay_p95_s=round(nearest_rank(year.delays_s, 0.95), 1) if year.delays_s else None,
        missed_share=round(year.missed / streams, 5) if streams else 0.0,
        unseen_share=round(year.unseen_s / year.aired_s, 5) if streams else 0.0,
    )


def nearest_rank(values: list[float], share: float) -> float:
    """The smallest of the `values` that the given share of them does not exceed."""
    return sorted(values)[ceil(share * len(values)) - 1]


def table(found: Mapping[str, Figures]) -> str:
    """Markdown."""
    return "\n".join((_HEAD, *_rows(found)))


def _rows(found: Mapping[str, Figures]) -> Iterator[str]:
    for policy, of in found.items():
        yield (
            f"| `{policy}` | {of.probes_per_day:,.0f} | {of.saved_share:.0%} "
            f"| {_duration(of.delay_mean_s)} | {_duration(of.delay_p95_s)} "
            f"| {of.missed_share:.2%} | {of.unseen_share:.1%} |"
        )


def _duration(delay_s: float | None) -> str:
    if delay_s is None:
        return "none seen"
    return f"{delay_s / 60:.1f} min" if delay_s >= _TOLD_IN_MINUTES_FROM_S else f"{delay_s:.0f} s"
