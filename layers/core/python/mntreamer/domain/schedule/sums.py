"""Decayed sums in a ring of bytes: how much of what was seen lately fell on each part of a day or a week.

Only their proportions mean something. A sum that would not fit halves them all, which forgets what is older.
"""

from collections.abc import Sequence

_LARGEST = 255
_KEPT_A_WEEK = 0.9
_LONGEST_WEEKS = 52


def with_seen(sums: bytes, part: int, bump: Sequence[int]) -> bytes:
    """With one more seen at a part of the ring: `bump` is added with its middle there."""
    raised = list(sums)
    first = part - len(bump) // 2
    for offset, height in enumerate(bump):
        raised[(first + offset) % len(raised)] += height
    while max(raised) > _LARGEST:
        raised = [height // 2 for height in raised]
    return bytes(raised)


def aged(sums: bytes, weeks: int) -> bytes:
    """So many weeks later: each keeps nine tenths a week, and what is small is forgotten."""
    return decayed(sums, _KEPT_A_WEEK ** min(weeks, _LONGEST_WEEKS)) if weeks > 0 else sums


def decayed(sums: bytes, kept: float) -> bytes:
    """With that share of each sum, rounded down."""
    return sums.translate(bytes(int(height * kept) for height in range(_LARGEST + 1)))


def scale(sums: bytes) -> float:
    """What to multiply a sum with so that the mean over the ring is 1; 0 where nothing was seen."""
    total = sum(sums)
    return len(sums) / total if total else 0.0
