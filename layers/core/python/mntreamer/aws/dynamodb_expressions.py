"""Rows as DynamoDB's attribute values, and the expressions that set and test their fields."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from boto3.dynamodb.types import TypeDeserializer, TypeSerializer

from mntreamer.rows import Plain, Row

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import AttributeValueTypeDef

    Item = dict[str, AttributeValueTypeDef]

_SERIALIZER = TypeSerializer()
_DESERIALIZER = TypeDeserializer()


def to_item(row: Mapping[str, Plain]) -> "Item":
    """The row's fields but those that are None: an absent attribute stands for it, which an index key must be."""
    item: dict[str, Any] = {
        name: _SERIALIZER.serialize(_exact(value)) for name, value in row.items() if value is not None
    }
    return item


def to_row(item: Mapping[str, Any]) -> dict[str, Any]:
    """The inverse of `to_item`, but that a number is a Decimal, whose type the field that it is for knows."""
    return {name: _DESERIALIZER.deserialize(value) for name, value in item.items()}


def _exact(value: Plain) -> str | int | bool | Decimal | None:
    return Decimal(str(value)) if isinstance(value, float) else value


@dataclass(slots=True)
class Placeholders:
    """The names and values of one request's expressions.

    Every one stands behind a placeholder, because `status` and many more are words that DynamoDB reserves.
    """

    names: dict[str, str] = field(default_factory=dict)
    values: Row = field(default_factory=dict)

    def name(self, of: str) -> str:
        self.names[f"#{of}"] = of
        return f"#{of}"

    def value(self, value: Plain) -> str:
        placeholder = f":v{len(self.values)}"
        self.values[placeholder] = value
        return placeholder

    def arguments(self) -> dict[str, Any]:
        """What goes with the expressions. DynamoDB refuses a map that is empty."""
        arguments: dict[str, Any] = {"ExpressionAttributeNames": self.names}
        if self.values:
            arguments["ExpressionAttributeValues"] = to_item(self.values)
        return arguments

    def compared(self, name: str, operator: str, value: Plain) -> str:
        return f"{self.name(name)} {operator} {self.value(value)}"

    def exists(self, name: str) -> str:
        return f"attribute_exists({self.name(name)})"

    def is_absent(self, name: str) -> str:
        return f"attribute_not_exists({self.name(name)})"

    def expected(self, name: str, value: Plain) -> str:
        return self.is_absent(name) if value is None else self.compared(name, "=", value)

    def set_to(self, changes: Mapping[str, Plain]) -> str:
        """An update expression: values are set, None removes the attribute. Empty for no changes."""
        settings = [self.compared(name, "=", value) for name, value in changes.items() if value is not None]
        removals = [self.name(name) for name, value in changes.items() if value is None]
        clauses = [("SET", settings), ("REMOVE", removals)]
        return " ".join(f"{verb} {', '.join(parts)}" for verb, parts in clauses if parts)
