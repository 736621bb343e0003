"""When a part of a recording is as long as one may be."""

from dataclasses import dataclass
from datetime import datetime, timedelta

_GROWS_BY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Fullness:
    """Full from `at` on. Who leaves for the next part looks at no source: while something waits, it may grow."""

    at: datetime

    def is_reached(self, now: datetime, *, waits: bool) -> bool:
        """`waits`: something has to be stored or written yet."""
        return now >= self.at + (_GROWS_BY if waits else timedelta(0))
