"""`python -m benchmarks.cost`: what a month on AWS costs, item by item, and what the same costs on a rented machine.

From what was measured (`operations.json`), what is assumed (`assumptions.toml`), what the templates deploy and what
AWS asks for (`prices.toml`). Exit codes: 0, or 2 for a wrong option.
"""

import argparse
import json
import sys
from collections.abc import Sequence

from benchmarks.cost.figures import Figures, figures_of
from benchmarks.cost.model import kept_model
from benchmarks.cost.month import Month
from benchmarks.cost.operations import read_operations
from benchmarks.cost.prices import read_prices, regions
from benchmarks.cost.report import as_json, as_text


def main(arguments: Sequence[str] | None = None) -> int:
    asked = _usage().parse_args(arguments)
    found = _figures(asked)
    print(json.dumps(as_json(found)) if asked.json else as_text(found))
    return 0


def _figures(asked: argparse.Namespace) -> Figures:
    month = Month(
        streamers=asked.streamers,
        hours=asked.hours,
        hours_each=asked.hours_each,
        mbps=asked.mbps,
        months_kept=asked.months_kept,
        watched_hours=asked.watched_hours,
        probes_a_day=asked.probes_a_day,
        api_calls=asked.api_calls,
        webhooks=asked.webhooks,
        on_spot=asked.spot,
        recorders=asked.recorders,
    )
    return figures_of(kept_model(), month, read_prices(asked.region), read_operations()[0])


def _usage() -> argparse.ArgumentParser:
    usage = argparse.ArgumentParser(prog="python -m benchmarks.cost", description="What a month on AWS costs.")
    usage.add_argument("--streamers", type=_some, default=200, help="who are watched; default: 200")
    usage.add_argument("--hours", type=_amount, default=8, help="recorded a month, of each streamer; default: 8")
    usage.add_argument("--hours-each", type=_some, default=4, help="that a recording lasts; default: 4")
    usage.add_argument("--mbps", type=_amount, default=8, help="of what is recorded; default: 8, as 1080p60 has")
    usage.add_argument("--months-kept", type=_amount, default=1, help="for how long it is kept; default: 1")
    usage.add_argument("--watched-hours", type=_amount, default=0, help="played a month, by all viewers; default: 0")
    usage.add_argument("--probes-a-day", type=_amount, default=106, help="of a streamer; `make bench-schedule`: 106")
    usage.add_argument("--api-calls", type=_amount, default=20_000, help="a month, beside playing; default: 20,000")
    usage.add_argument("--webhooks", type=_amount, default=0, help="that are told of each recording; default: 0")
    usage.add_argument("--recorders", type=int, choices=(1, 2), default=1, help="that make a recording at once")
    usage.add_argument("--spot", action="store_true", help="recorders run on Fargate Spot")
    usage.add_argument("--region", choices=regions(), default="ap-northeast-2", help="default: Seoul")
    usage.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    return usage


def _amount(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number") from None
    if not 0 <= value < float("inf"):
        raise argparse.ArgumentTypeError("a number, 0 or more")
    return value


def _some(text: str) -> float:
    value = _amount(text)
    if not value:
        raise argparse.ArgumentTypeError("more than 0")
    return value


if __name__ == "__main__":
    sys.exit(main())
