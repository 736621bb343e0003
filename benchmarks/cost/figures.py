"""What is told of a month: its bill, where the money goes, and what one of each costs."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from benchmarks.cost.bill import Line, bill, dollars
from benchmarks.cost.machine import machine
from benchmarks.cost.model import Model
from benchmarks.cost.month import Month
from benchmarks.cost.prices import Prices
from benchmarks.cost.use import Use, total


@dataclass(frozen=True, slots=True)
class Figures:
    """`parts`: the dollars of each cause. `each`: the dollars of one more. `machine`: the bill of a rented one.

    `machine_with_bucket`: its dollars, were what it keeps in S3.
    """

    month: Month
    prices: Prices
    measured: date
    lines: list[Line]
    machine: list[Line]
    machine_with_bucket: float
    parts: Mapping[str, float]
    each: Mapping[str, float]


def figures_of(model: Model, month: Month, prices: Prices, measured: date) -> Figures:
    parts = _parts(model, month)
    return Figures(
        month=month,
        prices=prices,
        measured=measured,
        lines=bill(total(*parts.values()), prices),
        machine=bill(machine(month, month.kept_gb), prices),
        machine_with_bucket=dollars(total(machine(month, 0.0), model.keeping(month)), prices),
        parts={name: dollars(use, prices) for name, use in parts.items()},
        each=_each(model, month, prices),
    )


def _parts(model: Model, month: Month) -> Mapping[str, Use]:
    return {
        "being there": model.standing(month),
        "watching streamers": model.watching(month),
        "recording": model.recording(month),
        "keeping": model.keeping(month),
        "playing": model.playing(month),
    }


def _each(model: Model, month: Month, prices: Prices) -> Mapping[str, float]:
    """Of a month in which there is one of it."""
    one = replace(month, streamers=1, hours=1.0, months_kept=1.0, watched_hours=1.0)
    return {
        "a streamer watched for a month": dollars(model.watching(one), prices),
        "an hour recorded": dollars(model.recording(one), prices),
        "an hour kept for a month": dollars(model.keeping(one), prices),
        "an hour played": dollars(model.playing(one), prices),
    }
