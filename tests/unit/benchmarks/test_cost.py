"""The bill: what it names, what it grows with, and that everything in it has a price."""

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any

import pytest

from benchmarks.cost import rates
from benchmarks.cost.__main__ import main
from benchmarks.cost.model import kept_model
from benchmarks.cost.operations import differences, read_operations
from benchmarks.cost.prices import read_prices, regions
from mntreamer.aws.recording_rates import recording_rates
from mntreamer.domain.errors import NotFound

Cost = Callable[..., dict[str, Any]]


@pytest.fixture
def cost(capsys: pytest.CaptureFixture[str]) -> Cost:
    def told(*options: str) -> dict[str, Any]:
        assert main([*options, "--json"]) == 0
        figures: dict[str, Any] = json.loads(capsys.readouterr().out)
        return figures

    return told


def items(figures: dict[str, Any]) -> dict[str, float]:
    return {line["item"]: line["dollars"] for line in figures["items"]}


def test_the_items_and_the_parts_are_all_of_it(cost: Cost) -> None:
    figures = cost("--watched-hours=10")
    assert sum(items(figures).values()) == pytest.approx(figures["dollars"])
    assert sum(figures["parts"].values()) == pytest.approx(figures["dollars"])
    assert {"public IPv4 addresses", "data transfer out to viewers", "Fargate vCPU (arm64)"} <= set(items(figures))


def test_it_grows_with_what_is_asked_for(cost: Cost) -> None:
    once, twice = cost("--streamers=100"), cost("--streamers=200")
    for part in ("watching streamers", "recording", "keeping"):
        assert twice["parts"][part] == pytest.approx(2 * once["parts"][part])
    assert cost("--months-kept=3")["parts"]["keeping"] == pytest.approx(3 * twice["parts"]["keeping"])
    assert cost("--probes-a-day=212")["parts"]["watching streamers"] == pytest.approx(
        2 * twice["parts"]["watching streamers"]
    )


def test_nobody_recorded_costs_what_is_there_and_the_looking(cost: Cost) -> None:
    parts = cost("--hours=0")["parts"]
    assert parts["recording"] == parts["keeping"] == parts["playing"] == 0
    assert 0 < parts["watching streamers"] < 10


def test_an_hour_kept_is_its_gigabytes(cost: Cost) -> None:
    at_8_mbps = 8e6 / 8 * 3600 / 1e9
    price = read_prices("us-east-1").of["s3_gb_months"].dollars
    assert cost("--region=us-east-1")["each"]["an hour kept for a month"] == pytest.approx(at_8_mbps * price)


def test_webhooks_cost_a_secret_and_little_for_each_recording(cost: Cost) -> None:
    none, one, three = (cost(f"--webhooks={count}")["parts"] for count in (0, 1, 3))
    secret = read_prices("ap-northeast-2").of["secrets"].dollars
    assert one["being there"] - none["being there"] == pytest.approx(secret)
    assert three["being there"] == one["being there"]
    assert 0 < one["recording"] - none["recording"] < none["recording"] / 100
    assert three["recording"] - none["recording"] == pytest.approx(3 * (one["recording"] - none["recording"]))


def test_what_webhooks_do_not_take_is_tried_again() -> None:
    kept = kept_model()
    month = replace(rates.ONE, webhooks=1)
    taken, down = (
        replace(kept, assumed={**kept.assumed, "webhooks": {"failing_share": share}}).begun(month) for share in (0, 1)
    )
    tries = down["lambda_requests.notify"] - taken["lambda_requests.notify"]
    assert tries == kept.operations.recording["custom_events"] * kept.template.posted_again


def test_a_standby_costs_another_recorder_and_hardly_more(cost: Cost) -> None:
    usual, doubled = cost(), cost("--recorders", "2")
    ratio = doubled["each"]["an hour recorded"] / usual["each"]["an hour recorded"]
    assert 1.5 < ratio < 2
    assert doubled["parts"]["watching streamers"] == usual["parts"]["watching streamers"]


def test_spot_makes_recorders_cheaper_and_nothing_else(cost: Cost) -> None:
    usual, on_spot = cost(), cost("--spot")
    saved = {name for name in usual["parts"] if on_spot["parts"][name] < usual["parts"][name]}
    assert saved == {"recording"}


def test_the_machine_pays_for_its_hours_whatever_is_recorded(cost: Cost) -> None:
    assert cost("--hours=0")["machine_dollars"] > 10
    figures = cost()
    assert figures["machine_with_bucket_dollars"] < figures["machine_dollars"]


def test_the_table_says_what_it_is_about(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--streamers=7", "--hours=3"]) == 0
    shown = capsys.readouterr().out
    for words in ("7 streamers, 3 hours", "in all", "an hour recorded", "without the free tier"):
        assert words in shown
    assert max(map(len, shown.splitlines())) <= 100


@pytest.mark.parametrize(
    "option", ["--streamers=0", "--hours=-1", "--mbps=many", "--region=the-moon", "--hours-each=inf"]
)
def test_what_makes_no_sense_is_refused(option: str) -> None:
    with pytest.raises(SystemExit) as refused:
        main([option])
    assert refused.value.code == 2


def test_everything_that_is_counted_has_a_price_in_every_region() -> None:
    counted = {name.partition(".")[0] for use in asdict(read_operations()[1]).values() for name in use}
    for region in regions():
        prices = read_prices(region)
        assert counted <= prices.of.keys()
        assert all(
            price.dollars > 0 and price.page.startswith("https://aws.amazon.com/") for price in prices.of.values()
        )


def test_a_region_without_prices_is_named() -> None:
    with pytest.raises(NotFound, match="eu-west-9"):
        read_prices("eu-west-9")


def test_only_what_a_bill_would_show_is_a_difference() -> None:
    _, kept = read_operations()
    more = replace(kept, recorded_hour=dict(kept.recorded_hour) | {"s3_puts": 2 * kept.recorded_hour["s3_puts"]})
    assert list(differences(kept, kept)) == []
    [told] = differences(kept, more)
    assert told.startswith("recorded_hour: s3_puts is ")


@pytest.mark.parametrize("region", ["ap-northeast-2", "us-east-1"])
def test_the_rates_that_are_shipped_follow_from_prices_and_measurements(region: str) -> None:
    """`make cost-measure` writes them anew."""
    shipped = recording_rates(region)
    assert shipped
    assert asdict(shipped) == pytest.approx(asdict(rates.rates_in(region, kept_model())), rel=0.1)


def test_a_region_without_rates_has_none() -> None:
    assert recording_rates("eu-west-9") is None
