"""How a row is recorded: by one recorder, from the first look to the end, unless something else is said."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from mntreamer.ports import Clock, MediaStore, Monitors, Recordings
from mntreamer.recorder.child.remuxer import Remuxer
from mntreamer.recorder.ending.ending import Ending
from mntreamer.recorder.storing.spool import Spool
from mntreamer.recorder.storing.workshop import Workshop
from tests.faults.desk import Desk
from tests.faults.origin import Origin


@dataclass(frozen=True)
class Stage:
    """What a row is recorded with. `workshop` is shared with other rows, `folder` and `desk` are its own.

    `turn` counts the repetitions of a row from 0.
    """

    origin: Origin
    desk: Desk
    workshop: Workshop
    folder: Path
    turn: int

    def with_store(self, store: MediaStore) -> Self:
        return replace(self, desk=replace(self.desk, ports=replace(self.desk.ports, store=store)))

    def with_tables(self, recordings: Recordings, monitors: Monitors) -> Self:
        ports = replace(self.desk.ports, recordings=recordings, monitors=monitors)
        return replace(self, desk=replace(self.desk, ports=ports))

    def with_clock(self, clock: Clock) -> Self:
        return replace(self, desk=replace(self.desk, ports=replace(self.desk.ports, clock=clock)))

    def with_spool(self, spool: Spool) -> Self:
        return replace(self, workshop=Workshop(self.workshop.remuxer, spool))

    def with_remuxer(self, remuxer: Remuxer) -> Self:
        return replace(self, workshop=Workshop(remuxer, self.workshop.spool))


Staging = Callable[[Stage], Iterable[str]]
"""Records a row; says what went wrong that the recording itself does not show."""


def alone(stage: Stage) -> list[str]:
    """One recorder makes all of it."""
    return flaws_of(stage.desk.record(stage.workshop), Ending.OVER)


def flaws_of(ending: Ending, expected: Ending) -> list[str]:
    return [] if ending is expected else [f"a recorder left because of {ending} instead of {expected}"]
