"""A use at its prices, item by item."""

from collections.abc import Iterable
from dataclasses import dataclass

from benchmarks.cost.prices import Prices
from benchmarks.cost.use import Use


@dataclass(frozen=True, slots=True)
class Line:
    """`amount` of `unit`s at `price` dollars each."""

    item: str
    amount: float
    unit: str
    price: float

    @property
    def dollars(self) -> float:
        return self.amount * self.price


def bill(use: Use, prices: Prices) -> list[Line]:
    """One line for each item that is used, in the order of the price table."""
    order = list(prices.of)
    used = sorted((name for name, amount in use.items() if amount), key=lambda name: (order.index(_item(name)), name))
    return [_line(name, use[name], prices) for name in used]


def dollars(use: Use, prices: Prices) -> float:
    return in_all(bill(use, prices))


def in_all(lines: Iterable[Line]) -> float:
    return sum(line.dollars for line in lines)


def _line(name: str, amount: float, prices: Prices) -> Line:
    price, whose = prices.of[_item(name)], name.partition(".")[2]
    return Line(f"{price.item}: {whose}" if whose else price.item, amount, price.unit, price.dollars)


def _item(name: str) -> str:
    return name.partition(".")[0]
