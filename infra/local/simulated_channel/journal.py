"""What the readers of the simulated media host really saw."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from simulated_channel.broadcast import Segment


@dataclass(frozen=True, slots=True)
class ServedWindow:
    """A media playlist as it was served at `at`, listing the media sequences `first` to `last`."""

    at: datetime
    live_id: int
    first: int
    last: int


class Journal:
    """Every media playlist served, in order."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._served: list[ServedWindow] = []

    def note(self, live_id: int, window: Sequence[Segment]) -> None:
        self._served.append(ServedWindow(self._clock(), live_id, window[0].sequence, window[-1].sequence))

    def of(self, live_id: int) -> list[ServedWindow]:
        """The windows of one broadcast, oldest first; empty if nobody came."""
        return [served for served in self._served if served.live_id == live_id]
