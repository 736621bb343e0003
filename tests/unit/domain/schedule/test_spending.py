"""The price of a look follows the budget, the number of channels and what they take."""

from datetime import UTC, datetime, timedelta

import pytest

from mntreamer.domain.schedule.spending import Spending, after_looks, from_text, price_s, to_text

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
TICK = timedelta(minutes=10)


def spent(
    budget: float | None, channels: float, hours: int, need: float = 1.0, begun: Spending | None = None
) -> tuple[Spending, float]:
    """After so many hours; and the looks of the last day.

    Channels take `need` looks a day at a price of a second, and others as looks go: with the root of the price.
    """
    spending, now = begun or Spending(), begun.counted_at if begun and begun.counted_at else NOON
    looks, owed = [], 0.0
    for _ in range(hours * 6):
        now += TICK
        owed += channels * need / 144 / price_s(spending, budget) ** 0.5
        looks.append(int(owed))
        owed -= int(owed)
        spending = after_looks(spending, looks[-1], channels * TICK, now, budget)
    return spending, sum(looks[-144:])


@pytest.mark.parametrize("need", [20, 100, 400])
@pytest.mark.parametrize("budget", [500, 5000])
def test_all_together_take_what_they_may_after_some_weeks(budget: float, need: float) -> None:
    _, looks = spent(budget, channels=50, hours=24 * 40, need=need)

    assert looks == pytest.approx(budget, rel=0.1)


def test_without_a_budget_each_takes_about_what_the_table_would() -> None:
    _, looks = spent(None, channels=50, hours=24 * 40, need=60)

    assert looks / 50 == pytest.approx(100, rel=0.1)


def test_ten_times_the_channels_take_hardly_more_a_day_later() -> None:
    before, _ = spent(1000, channels=10, hours=24 * 40, need=100)

    _, looks = spent(1000, channels=100, hours=48, need=100, begun=before)

    assert looks == pytest.approx(1000, rel=0.3)


def test_other_habits_are_followed_within_weeks() -> None:
    before, _ = spent(1000, channels=10, hours=24 * 40, need=50)

    _, looks = spent(1000, channels=10, hours=24 * 21, need=200, begun=before)

    assert looks == pytest.approx(1000, rel=0.15)


@pytest.mark.parametrize("leap", [timedelta(days=-3650), timedelta(days=3650)])
def test_a_clock_that_leaps_leaves_the_price_as_it_is(leap: timedelta) -> None:
    before, _ = spent(1000, channels=10, hours=24 * 40, need=100)
    assert before.counted_at

    after = after_looks(before, 7, 10 * TICK, before.counted_at + leap, 1000)

    assert price_s(after, 1000) == pytest.approx(price_s(before, 1000), rel=0.25)


def test_what_all_together_take_is_read_back() -> None:
    spending, _ = spent(1000, channels=10, hours=30)

    assert to_text(from_text(to_text(spending))) == to_text(spending)
    assert from_text(None) == Spending()
    assert price_s(from_text(to_text(spending)), 1000) == pytest.approx(price_s(spending, 1000), rel=1e-4)
