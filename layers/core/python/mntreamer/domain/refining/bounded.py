"""What a recording has up to a thousand of, each known by its id: clips and markers."""

from collections.abc import Callable
from typing import TypeVar

from mntreamer.domain.errors import NotFound, Unprocessable

MOST = 1000
One = TypeVar("One")


def with_one_more(these: tuple[One, ...], one: One, kind: str) -> tuple[One, ...]:
    """All of them and one more. Raises Unprocessable beyond 1,000."""
    if len(these) >= MOST:
        raise Unprocessable(f"a recording has {MOST} {kind}s at the most; delete some")
    return (*these, one)


def without_one(these: tuple[One, ...], one_id: str, id_of: Callable[[One], str], kind: str) -> tuple[One, ...]:
    """All of them but the one with this id. Raises NotFound."""
    kept = tuple(one for one in these if id_of(one) != one_id)
    if len(kept) == len(these):
        raise NotFound(f"there is no {kind} {one_id}; it may have been deleted already")
    return kept
