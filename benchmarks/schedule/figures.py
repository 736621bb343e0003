"""A year in a few numbers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from statistics import fmean

from benchmarks.schedule.year import Seen


@dataclass(frozen=True, slots=True)
class Figures:
    """`looks_a_day` of a channel. The delays are of the streams that were seen, None if none was.

    `missed_share` is of all streams.
    """

    looks_a_day: float
    mean_s: float | None
    p95_s: float | None
    missed_share: float


def figures(seen: Sequence[Seen], days: int) -> Figures:
    delays_s = [delay_s for of in seen for delay_s in of.delays_s]
    missed = sum(of.missed for of in seen)
    return Figures(
        looks_a_day=round(sum(of.looks for of in seen) / len(seen) / days, 2),
        mean_s=round(fmean(delays_s), 1) if delays_s else None,
        p95_s=round(nearest_rank(delays_s, 0.95), 1) if delays_s else None,
        missed_share=round(missed / (missed + len(delays_s)), 5) if missed or delays_s else 0.0,
    )


def by_kind(seen: Iterable[Seen], days: int) -> Mapping[str, Figures]:
    kinds: dict[str, list[Seen]] = {}
    for of in seen:
        kinds.setdefault(of.kind, []).append(of)
    return {kind: figures(of, days) for kind, of in kinds.items()}


def nearest_rank(values: Sequence[float], share: float) -> float:
    """The smallest of the `values` that the given share of them does not exceed."""
    return sorted(values)[ceil(share * len(values)) - 1]
