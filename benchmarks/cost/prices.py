"""The price table of one region."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from mntreamer.domain.errors import NotFound

FILE = Path(__file__).with_name("prices.toml")


@dataclass(frozen=True, slots=True)
class Price:
    """Of one `unit`, in dollars. `page` is where AWS publishes it."""

    item: str
    unit: str
    page: str
    dollars: float


@dataclass(frozen=True, slots=True)
class Prices:
    """As of `checked`, by the names that a `Use` has."""

    region: str
    checked: date
    of: Mapping[str, Price]


def regions() -> list[str]:
    """Those that the table knows."""
    tables = [entry for entry in _read().values() if isinstance(entry, dict)]
    return sorted(set.intersection(*({*table} for table in tables)) - {"item", "unit", "page"})


def read_prices(region: str) -> Prices:
    """Raises NotFound for a region that the table does not know."""
    if region not in regions():
        raise NotFound(f"there are no prices of {region!r}, only of {', '.join(regions())}: add them to {FILE.name}")
    table = _read()
    return Prices(region, table.pop("checked"), {name: _price(entry, region) for name, entry in table.items()})


def _price(entry: Mapping[str, Any], region: str) -> Price:
    return Price(entry["item"], entry["unit"], entry["page"], entry[region])


def _read() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text())
