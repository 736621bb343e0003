"""Which recording the work at hand is about, for whoever writes the log.

The id is the recording's prefix: rows hold it, keys contain it, and people read channel and day in it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_NOT_KNOWN_YET = ""
# None outside of all blocks: what was said there would never end, and be taken for what comes next.
_CORRELATION_ID: ContextVar[str | None] = ContextVar("correlation_id", default=None)


def correlation_id() -> str | None:
    """The recording's prefix; None where the work is about no recording, or about none yet."""
    return _CORRELATION_ID.get() or None


@contextmanager
def correlated(prefix: str = _NOT_KNOWN_YET) -> Iterator[None]:
    """The block is about the recording with this prefix, or about the one that `correlate` names within it.

    So are threads that carry on its context.
    """
    before = _CORRELATION_ID.set(prefix)
    try:
        yield
    finally:
        _CORRELATION_ID.reset(before)


def correlate(prefix: str) -> None:
    """From here to the end of the `correlated` block that we are in, if any, it is about this recording."""
    if _CORRELATION_ID.get() is not None:
        _CORRELATION_ID.set(prefix)
