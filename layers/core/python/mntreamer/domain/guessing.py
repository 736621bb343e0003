"""How many wrong tokens one address may send: some at once, then one every few seconds.

A bucket that fills with wrong tokens and leaks (ITU-T I.371, GCRA), as the one moment at which it is empty again.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

AT_ONCE = 100
EVERY = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Guesses:
    """The wrong tokens of an address. `last` tells the newest one from others; it is a digest."""

    forgotten_at: datetime
    last: bytes


def wait_of(guesses: Guesses | None, now: datetime) -> timedelta:
    """How long the address has to wait before a token of its is looked at; zero where it need not."""
    if guesses is None:
        return timedelta(0)
    return max(guesses.forgotten_at - now - (AT_ONCE - 1) * EVERY, timedelta(0))


def with_wrong(guesses: Guesses | None, digest: bytes, now: datetime) -> Guesses:
    """The guesses with one more. The same again is none: a program with an old token guesses nothing."""
    if guesses is None:
        return Guesses(now + EVERY, digest)
    if guesses.last == digest:
        return guesses
    return Guesses(max(guesses.forgotten_at, now) + EVERY, digest)
