"""Request units of DynamoDB, which moto does not work out.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/capacity-mode.html and, for indexes,
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Item = Mapping[str, Mapping[str, Any]]
_WRITE_BYTES = 1024
_READ_BYTES = 4096
_DIGITS_PER_BYTE = 2


@dataclass(frozen=True, slots=True)
class Index:
    """`shows` are the attributes that it projects, None for all of them."""

    keys: frozenset[str]
    shows: frozenset[str] | None

    def entry(self, item: Item | None) -> dict[str, Any] | None:
        """What the index holds of the item; None where the item lacks one of its keys."""
        if item is None or not self.keys <= item.keys():
            return None
        return {name: item[name] for name in item if self.shows is None or name in self.shows}

    def place(self, entry: Item) -> Item:
        return {name: entry[name] for name in self.keys}


def write_units(before: Item | None, after: Item | None, indexes: Iterable[Index]) -> int:
    """Of one write that made `after` of `before` in the table and in its indexes."""
    return _units(before, after) + sum(_index_units(index, before, after) for index in indexes)


def read_units(items: Iterable[Item], *, consistent: bool) -> float:
    """Of one request that read these items, half of it where a little old ones will do."""
    units = max(1, math.ceil(sum(map(item_bytes, items)) / _READ_BYTES))
    return units if consistent else units / 2


def item_bytes(item: Item) -> int:
    """Of an item as the API writes it."""
    return sum(len(name.encode()) + _value_bytes(value) for name, value in item.items())


def _value_bytes(value: Mapping[str, Any]) -> int:
    [(kind, plain)] = value.items()
    match kind:
        case "S":
            return len(plain.encode())
        case "N":
            return len(plain) // _DIGITS_PER_BYTE + 1
        case "BOOL" | "NULL":
            return 1
        case _:
            raise TypeError(f"no item of ours holds a {kind}")


def _units(*items: Item | None) -> int:
    """The larger counts, and a write that wrote nothing counts as one."""
    return max(1, *(math.ceil(item_bytes(item) / _WRITE_BYTES) for item in items if item), 1)


def _index_units(index: Index, before: Item | None, after: Item | None) -> int:
    old, new = index.entry(before), index.entry(after)
    if old == new:
        return 0
    if old is None or new is None or index.place(old) == index.place(new):
        return _units(old, new)
    return _units(old) + _units(new)
