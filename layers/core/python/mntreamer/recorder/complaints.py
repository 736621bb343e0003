"""What is wrong is said when it is new, and once a minute for as long as it lasts."""

import time
from collections.abc import Callable

from mntreamer.domain.error_place import safe_text
from mntreamer.domain.errors import LeaseLost
from mntreamer.domain.reason import Reason

_EVERY_S = 60.0


class Complaints:
    """Each text goes to `say` no more often than once a minute. `now_s`: seconds on a clock that never jumps."""

    def __init__(self, say: Callable[[str], object], now_s: Callable[[], float] = time.monotonic) -> None:
        self._say = say
        self._now_s = now_s
        self._said_at_s: dict[str, float] = {}

    def make(self, text: str) -> None:
        now_s = self._now_s()
        self._said_at_s = {said: at_s for said, at_s in self._said_at_s.items() if now_s - at_s < _EVERY_S}
        if text not in self._said_at_s:
            self._said_at_s[text] = now_s
            self._say(text)

    def over(self, step: Callable[[], object]) -> Reason | None:
        """Why the step failed, if it did, which is said: whoever restarts misses more than who tries it again.

        Raises LeaseLost: that is no failure.
        """
        try:
            step()
        except LeaseLost:
            raise
        except Exception as error:  # noqa: BLE001 -- the next round tries it again
            why = safe_text(error)
            self.make(why)
            return why
        return None
