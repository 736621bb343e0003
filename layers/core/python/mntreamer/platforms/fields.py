"""Reading JSON of others: tolerant of what is new, strict about what is used."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from mntreamer.domain.errors import PlatformError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Fields:
    """A JSON object from outside; `origin` says where it was found.

    What is absent counts as null. Every reader raises PlatformError for a value of another type; the error names
    the key and never quotes the value, which may be a signed URL.
    """

    origin: str
    values: dict[str, object] = field(repr=False)

    def text(self, key: str) -> str:
        return self._needed(key, self.text_or_none(key))

    def text_or_none(self, key: str) -> str | None:
        return self._typed(key, str)

    def number(self, key: str) -> int:
        return self._needed(key, self._typed(key, int))

    def flag(self, key: str) -> bool:
        """Null counts as false."""
        return self._typed(key, bool) or False

    def has(self, key: str) -> bool:
        """Whether the value is there and is not null, false or empty."""
        return bool(self.values.get(key))

    def inner(self, key: str) -> "Fields":
        return fields_in(f"{self.origin}.{key}", self.values.get(key))

    def inner_or_null(self, key: str) -> "Fields | None":
        """None only where null is written: an absent key is as odd as another type."""
        is_null = key in self.values and self.values[key] is None
        return None if is_null else self.inner(key)

    def inner_list(self, key: str) -> Iterator["Fields"]:
        items: list[object] = self._needed(key, self._typed(key, list))
        return (fields_in(f"{self.origin}.{key}[{n}]", item) for n, item in enumerate(items))

    def inner_json(self, key: str) -> "Fields":
        """The object in a text that is itself JSON."""
        try:
            value = json.loads(self.text(key))
        except (ValueError, RecursionError):
            raise self._odd(key) from None
        return fields_in(f"{self.origin}.{key}", value)

    def _typed(self, key: str, kind: type[T]) -> T | None:
        value = self.values.get(key)
        if value is None:
            return None
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise self._odd(key)
        return value

    def _needed(self, key: str, value: T | None) -> T:
        if value is None:
            raise self._odd(key)
        return value

    def _odd(self, key: str) -> PlatformError:
        return PlatformError(f"{self.origin}.{key} is missing or not of the type that is known")


def fields_in(origin: str, value: object) -> Fields:
    """Raises PlatformError unless the value is a JSON object."""
    if not isinstance(value, dict):
        raise PlatformError(f"{origin} is missing or not a JSON object")
    return Fields(origin, value)
