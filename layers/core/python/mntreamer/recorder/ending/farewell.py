"""When a recorder that is told to leave does: at once, or when another has had the time to take over."""

from dataclasses import dataclass
from threading import Event


@dataclass(slots=True)
class Farewell:
    """`stop` is what it is told with. All times are seconds on the recorder's own clock."""

    stop: Event
    hand_over_s: float
    _ends_s: float | None = None

    def begins(self, now_s: float, *, waits: bool) -> bool:
        """Whether it was told since this was asked last. `waits` as in `is_over`; a standby may come to do so."""
        if not (waits and self.stop.is_set()) or self._ends_s is not None:
            return False
        self._ends_s = now_s + self.hand_over_s
        return True

    def is_over(self, now_s: float, *, waits: bool) -> bool:
        """Whether it leaves now. `waits`: somebody has to take over from it."""
        if not self.stop.is_set():
            return False
        return not (waits and self.hand_over_s) or (self._ends_s is not None and now_s >= self._ends_s)
