"""The figures as people read them, and as programs do."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from benchmarks.cost.bill import Line, in_all
from benchmarks.cost.figures import Figures

_ITEM, _AMOUNT, _UNIT, _PRICE, _DOLLARS = 36, 13, 11, 14, 13
_WIDTH = _ITEM + _AMOUNT + _UNIT + _PRICE + _DOLLARS


def as_text(figures: Figures) -> str:
    return "\n".join(_text(figures))


def as_json(figures: Figures) -> Mapping[str, Any]:
    """Dollars, and amounts in the units of the price table."""
    return {
        "region": figures.prices.region,
        "prices_checked": figures.prices.checked.isoformat(),
        "measured": figures.measured.isoformat(),
        "month": asdict(figures.month),
        "items": [asdict(line) | {"dollars": line.dollars} for line in figures.lines],
        "dollars": in_all(figures.lines),
        "parts": dict(figures.parts),
        "each": dict(figures.each),
        "machine": [asdict(line) | {"dollars": line.dollars} for line in figures.machine],
        "machine_dollars": in_all(figures.machine),
        "machine_with_bucket_dollars": figures.machine_with_bucket,
    }


def _text(figures: Figures) -> Iterator[str]:
    month = figures.month
    yield f"A month in {figures.prices.region}: {month.streamers:,g} streamers, {month.hours:g} hours of each"
    yield f"recorded at {month.mbps:g} Mbps, {month.recorded_at_once:,.1f} at once on average."
    yield f"Months kept: {month.months_kept:g}; hours played: {month.watched_hours:,g}."
    yield ""
    yield f"{'':{_ITEM}}{'a month':>{_AMOUNT}} {'':{_UNIT - 1}}{'each':>{_PRICE}}{'dollars':>{_DOLLARS}}"
    yield from _lines(figures.lines)
    yield ""
    yield "of which for"
    yield from (_row(f"  {name}", amount) for name, amount in figures.parts.items())
    yield ""
    yield "The same on a rented machine that is always on and keeps everything on its disk:"
    yield from _lines(figures.machine)
    yield _row("in all, if its disk cost what S3 does", figures.machine_with_bucket)
    yield "It is one machine, however much is recorded at once: more than about 20 take more of them."
    yield ""
    yield "One more of each, on AWS:"
    yield from (_row(f"  {name}", amount, 4) for name, amount in figures.each.items())
    yield ""
    yield f"Counted on {figures.measured}; prices of {figures.prices.checked}, without the free tier: check them."


def _lines(lines: Sequence[Line]) -> Iterator[str]:
    for line in lines:
        priced = f"{line.price:.10f}".rstrip("0").rstrip(".")
        amount = f"{line.amount:,.0f}" if line.amount >= 100 else f"{line.amount:,.2f}"  # noqa: PLR2004 -- to be read
        yield (
            f"{line.item:{_ITEM}}{amount:>{_AMOUNT}} {line.unit:{_UNIT - 1}}{priced:>{_PRICE}}"
            f"{line.dollars:>{_DOLLARS},.2f}"
        )
    yield _row("in all", in_all(lines))


def _row(name: str, dollars: float, digits: int = 2) -> str:
    return f"{name:{_WIDTH - _DOLLARS}}{dollars:>{_DOLLARS},.{digits}f}"
