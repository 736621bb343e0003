"""A source's own time, which runs faster than ours and stands still where the machine is too busy to be fair.

Each tick adds the same, however late it comes: where this process gets no processor, its source gets no time either.
"""

from threading import Condition, Event, Thread
from typing import Protocol

from tests.faults.row import FAIR_S

_TICK_S = 0.005


class World(Protocol):
    """What has its time from a clock."""

    def is_owed(self, now_s: float, next_s: float) -> bool:
        """Whether the client misses something that it could have had, if time goes on so far."""

    def moved(self, now_s: float) -> None:
        """Time has gone on."""


class SourceClock:
    """`scale` source seconds for each of ours, from `start` on.

    Where the world still owes something, time stands still, for `patience_s` of ours at most. With a patience of 0 it
    never does.
    """

    def __init__(self, scale: float, patience_s: float, world: World) -> None:
        if _TICK_S * scale > FAIR_S / 4:
            raise ValueError(f"{scale} source seconds a second are too coarse for a tick of {_TICK_S} s")
        self.now_s = 0.0
        self.held_s = 0.0
        self.scale = scale
        self._step_s = _TICK_S * scale
        self._patience_s = patience_s
        self._world = world
        self._stopping = Event()
        self._started = Event()
        self._moved = Condition()
        self._thread = Thread(target=self._run, name="source clock", daemon=True)

    def start(self) -> None:
        """Let time run; once it does, nothing more happens."""
        if not self._started.is_set():
            self._started.set()
            self._thread.start()

    def wait_until(self, moment_s: float) -> None:
        """Until it is that late, or time has stopped for good."""
        with self._moved:
            self._moved.wait_for(lambda: self.now_s >= moment_s or self._stopping.is_set())

    def stop(self) -> None:
        self._stopping.set()
        with self._moved:
            self._moved.notify_all()
        if self._started.is_set():
            self._thread.join()

    def _run(self) -> None:
        waited_s = 0.0
        while not self._stopping.wait(_TICK_S):
            next_s = self.now_s + self._step_s
            if waited_s < self._patience_s and self._world.is_owed(self.now_s, next_s):
                waited_s += _TICK_S
                self.held_s += _TICK_S
            else:
                waited_s = 0.0
                self._move_to(next_s)

    def _move_to(self, now_s: float) -> None:
        with self._moved:
            self.now_s = now_s
            self._moved.notify_all()
        self._world.moved(now_s)
