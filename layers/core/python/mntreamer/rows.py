"""Domain records as rows of plain values, and back: the same in DynamoDB, in SQLite and in the API's answers."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import datetime
from enum import StrEnum
from functools import cache
from types import NoneType
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_type_hints

from mntreamer.domain.reason import Reason, parse_reason, render_reason
from mntreamer.domain.times import from_iso, to_iso

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Plain = str | int | float | bool | None
Row = dict[str, Plain]
_READ: dict[type, Callable[[str], object]] = {datetime: from_iso, Reason: parse_reason}
T = TypeVar("T", bound="DataclassInstance")


def to_plain(value: object) -> Plain:
    """A field's value as it is stored: times as ISO 8601 text, states as their names, reasons as JSON."""
    match value:
        case datetime():
            return to_iso(value)
        case Reason():
            return render_reason(value)
        case StrEnum():
            return value.value
        case str() | bool() | int() | float() | None:
            return value
        case _:
            raise TypeError(f"{type(value).__name__} is not a type that a row can hold")


def to_row(record: "DataclassInstance") -> Row:
    return {field.name: to_plain(getattr(record, field.name)) for field in fields(record)}


def to_plain_fields(changes: Mapping[str, object]) -> Row:
    """A row of some fields only: what a conditional write sets or expects."""
    return {name: to_plain(value) for name, value in changes.items()}


def from_row(kind: type[T], row: Mapping[str, Any]) -> T:
    """The record of this dataclass. Values that the row lacks keep the dataclass's defaults."""
    types = _field_types(kind)
    return kind(**{name: _typed(types[name], row[name]) for name in types if name in row})


@cache
def _field_types(kind: type["DataclassInstance"]) -> dict[str, type]:
    hints = get_type_hints(kind)
    return {field.name: _without_none(hints[field.name]) for field in fields(kind)}


def _without_none(hint: Any) -> type:
    kinds: list[type] = [kind for kind in get_args(hint) or (hint,) if kind is not NoneType]
    return kinds[0]


def _typed(kind: type, value: Any) -> object:
    if value is None:
        return None
    reads: Callable[[Any], object] = _READ.get(kind, kind)
    return reads(value)
