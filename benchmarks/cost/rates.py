"""`python -m benchmarks.cost.rates`: writes the rates by which the API tells what a recording has cost."""

import json
import sys
from dataclasses import asdict, replace
from pathlib import Path

import mntreamer.aws
from benchmarks.cost.bill import dollars
from benchmarks.cost.model import Model, kept_model
from benchmarks.cost.month import Month
from benchmarks.cost.prices import read_prices, regions
from benchmarks.cost.use import without
from mntreamer.domain.recordings.recording_cost import RecordingRates

FILE = Path(str(mntreamer.aws.__file__)).with_name("recording_rates.json")
_DIGITS = 6
ONE = Month(
    streamers=1,
    hours=1,
    hours_each=1,
    mbps=8,
    months_kept=1,
    watched_hours=0,
    probes_a_day=0,
    api_calls=0,
    webhooks=0,
    on_spot=False,
)
TWO = replace(ONE, recorders=2)


def main() -> int:
    rates = {region: asdict(rates_in(region, kept_model())) for region in regions()}
    FILE.write_text(json.dumps(rates, indent=2) + "\n")
    print(f"written to {FILE}", file=sys.stderr)
    return 0


def rates_in(region: str, model: Model) -> RecordingRates:
    prices = read_prices(region)
    return RecordingRates(
        launch=round(dollars(model.begun(ONE), prices), _DIGITS),
        hour=round(dollars(model.made(ONE), prices), _DIGITS),
        standby_hour=round(dollars(without(model.made(TWO), model.made(ONE)), prices), _DIGITS),
        gigabyte_month=prices.of["s3_gb_months"].dollars,
    )


if __name__ == "__main__":
    sys.exit(main())
