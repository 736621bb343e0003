"""A row is performed: its source plays, this recorder records it, and what is recorded is judged."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Timer

from mntreamer.recorder.storing.workshop import Workshop
from tests.faults.desk import Desk
from tests.faults.origin import Origin
from tests.faults.row import Row
from tests.faults.stage import Stage, Staging, alone
from tests.faults.takes import Container
from tests.faults.verdict import Verdict, judge

# In the source's time: longer than a recorder needs to be sure that a stream is over, and to leave, where a store
# takes six seconds for each of the dozen reads of the two writes that are left.
_LEAVES_WITHIN_S = 120.0
_MANY_WAITS = 10


@dataclass(frozen=True)
class Speed:
    """`scale` source seconds in each of ours; `patience_s` is how long a source waits for a client that is late."""

    scale: float
    patience_s: float


# Fast, and fair on a machine that is busy with much else; or slow and without mercy, again and again.
FULL = "MNTREAMER_TEST_FULL" in os.environ
SPEED = Speed(2.0, 0.0) if FULL else Speed(8.0, 4.0)
TURNS = 3 if FULL else 1
# How long a process takes to start is up to the machine.
OF_PROCESSES = Speed(1.0, 0.0) if FULL else Speed(8.0, 10.0)


def perform(
    row: Row, container: Container, speed: Speed, workshop: Workshop, staging: Staging = alone, turn: int = 0
) -> Verdict:
    """Record the row once, from its first look to its end."""
    with TemporaryDirectory() as made, Origin(row, container, speed.scale, speed.patience_s) as origin:
        folder = Path(made)
        desk = Desk.at(origin, folder, speed.scale)
        limit_s = (row.over_at_s + _LEAVES_WITHIN_S) / speed.scale + _MANY_WAITS * speed.patience_s
        with _stopped_after(limit_s, desk.stop):
            flaws = list(staging(Stage(origin, desk, workshop, folder, turn)))
        return judge(row.as_recorded, container, desk.close()).with_flaws(flaws)


@contextmanager
def _stopped_after(limit_s: float, stop: Event) -> Iterator[None]:
    """A recorder that does not find its end is told to leave, which shows in how it says that it left."""
    timer = Timer(limit_s, stop.set)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
