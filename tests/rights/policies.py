"""What roles may do, by IAM's rules as far as our policies use them, and what is asked of them."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import product
from typing import Any, Self

from tests.rights.stack import Stack

Condition = tuple[str, str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Access:
    """What IAM is asked: an action on a resource, and the condition keys that go with it."""

    action: str
    resource: str
    context: frozenset[tuple[str, str]] = frozenset()

    def __str__(self) -> str:
        return f"{self.action} on {self.resource}"


@dataclass(frozen=True, slots=True)
class Permission:
    """One action on one pattern of resources, of what may be a longer statement."""

    effect: str
    action: str
    resource: str
    conditions: frozenset[Condition] = frozenset()

    def __str__(self) -> str:
        return f"{self.effect} {self.action} on {self.resource}"

    def covers(self, access: Access) -> bool:
        return (
            _pattern(self.action.lower()).fullmatch(access.action.lower()) is not None
            and _pattern(self.resource).fullmatch(access.resource) is not None
            and all(_holds(condition, dict(access.context)) for condition in self.conditions)
        )


@dataclass(frozen=True, slots=True)
class Role:
    name: str
    permissions: frozenset[Permission]

    def with_permission(self, permission: Permission) -> Self:
        return replace(self, permissions=self.permissions | {permission})

    def without(self, permission: Permission) -> Self:
        return replace(self, permissions=self.permissions - {permission})

    def may(self, access: Access) -> bool:
        effects = {permission.effect for permission in self.permissions if permission.covers(access)}
        return effects == {"Allow"}

    def missing(self, asked: Collection[Access]) -> list[str]:
        """What is asked of it and it may not do."""
        return sorted(str(access) for access in asked if not self.may(access))

    def spare(self, asked: Collection[Access]) -> list[str]:
        """What it is allowed and nobody asks of it."""
        allowed = (permission for permission in self.permissions if permission.effect == "Allow")
        return sorted(str(permission) for permission in allowed if not any(map(permission.covers, asked)))


def roles_of(root: Stack) -> dict[str, Role]:
    """All roles of a stack and of those in it, by logical id. What the bucket denies to all it denies to each."""
    denied = frozenset(_denied_to_everybody(root))
    named = [(name, stack) for stack in root.all_stacks for name in stack.of_type("AWS::IAM::Role")]
    roles = {name: Role(name, frozenset(_permissions(root, stack, name)) | denied) for name, stack in named}
    if len(roles) < len(named):
        raise LookupError("two stacks have a role of one name")
    return roles


def _permissions(root: Stack, stack: Stack, role: str) -> Iterator[Permission]:
    properties = stack.properties(role)
    for policy in properties.get("Policies", []):
        yield from permissions_in(policy["PolicyDocument"])
    ours = {stack.arn(name): name for stack in root.all_stacks for name in stack.of_type("AWS::IAM::ManagedPolicy")}
    for arn in properties.get("ManagedPolicyArns", []):
        yield from permissions_in(stack.properties(ours[arn])["PolicyDocument"])


def _denied_to_everybody(root: Stack) -> Iterator[Permission]:
    for name in root.of_type("AWS::S3::BucketPolicy"):
        for permission in permissions_in(root.properties(name)["PolicyDocument"]):
            if permission.effect == "Deny":
                yield permission


def permissions_in(document: Mapping[str, Any]) -> Iterator[Permission]:
    for statement in as_list(document["Statement"]):
        conditions = frozenset(_conditions(statement.get("Condition", {})))
        for action, resource in product(as_list(statement["Action"]), as_list(statement["Resource"])):
            yield Permission(statement["Effect"], action, resource, conditions)


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _conditions(said: Mapping[str, Mapping[str, Any]]) -> Iterator[Condition]:
    for operator, keys in said.items():
        for key, values in keys.items():
            yield operator, key, tuple(as_list(values))


def _holds(condition: Condition, context: Mapping[str, str]) -> bool:
    operator, key, values = condition
    if operator == "Null":
        return values == ("false" if key in context else "true",)
    if key not in context:
        return False
    if operator in ("ArnEquals", "ArnLike", "StringLike"):
        return any(_pattern(value).fullmatch(context[key]) for value in values)
    if operator in ("StringEquals", "Bool"):
        return context[key] in values
    raise LookupError(f"no policy of ours has had {operator} so far")


@cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile("".join({"*": ".*", "?": "."}.get(part, re.escape(part)) for part in text), re.DOTALL)
