"""Two recorders make one recording: what meets one of them alone costs nothing at all."""

import signal
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from mntreamer.recorder.ending.ending import Ending
from mntreamer.recorder.storing.spool import Spool
from tests.faults.broadcast import Stretch
from tests.faults.cloud import Cloud
from tests.faults.performance import FULL, OF_PROCESSES
from tests.faults.platform import OriginPlatform
from tests.faults.row import Row
from tests.faults.rows import ROWS
from tests.faults.stage import Stage, Staging, alone, flaws_of
from tests.faults.store_trials import STORE_TRIALS, OnHangingTables
from tests.faults.takes import Container
from tests.faults.trial import Trial

_SPOOL_BYTES = 100_000_000
_HOLDER, _STANDBY = 1, 2
_GRACE = timedelta(minutes=2)
_SENT_WITHIN_S = (8.0, 30.0)
_STOPPED_FOR_S = 25.0


@dataclass(frozen=True)
class Accompanied:
    """The recorder of this generation is met by what goes wrong, as `met` has it; the other is spared."""

    generation: int
    met: Staging = alone

    def __call__(self, stage: Stage) -> Iterator[str]:
        stage.origin.owe_until(lambda entry: (entry.line, entry.sequence) in stage.desk.stored())
        double(stage)
        with ThreadPoolExecutor(1) as threads, TemporaryDirectory() as folder:
            spared = threads.submit(_recorded, _spared(stage, _HOLDER + _STANDBY - self.generation, Path(folder)))
            flaws = self.met(replace(stage, desk=replace(stage.desk, generation=self.generation)))
            yield from (flaw for flaw in flaws if flaw not in _replaced())
            yield from spared.result()


@dataclass(frozen=True)
class OneOfTwo:
    """Of two processes one gets the signal at a moment that depends on signal, container and turn alone.

    One that was stopped goes on after a while. What becomes of its place is up to the schedule.
    """

    sent: signal.Signals

    def __call__(self, stage: Stage) -> Iterator[str]:
        stage.origin.owe_until(lambda entry: (entry.line, entry.sequence) in stage.desk.stored())
        chance = Random(f"{self.sent.name} {stage.origin.container} {stage.turn}")  # noqa: S311 -- the same each time
        double(stage)
        cloud = Cloud(stage)
        met = chance.choice((_HOLDER, _STANDBY))
        for generation in (_HOLDER, _STANDBY):
            cloud.start(generation)
        moment_s = chance.uniform(*_SENT_WITHIN_S)
        cloud.after(moment_s, partial(cloud.send, met, self.sent))
        cloud.after(moment_s + _STOPPED_FOR_S, partial(cloud.send, met, signal.SIGCONT))
        if not cloud.go_on():
            yield "a recorder does not find its end"
        for generation, work in cloud.works.items():
            if work.code and generation != met:
                yield f"generation {generation} ended with {work.code}"


def double(stage: Stage) -> None:
    """As the opening of a recording that two are to make."""
    changes: Any = {"recorders": 2, "standby": _STANDBY, "standby_until": stage.desk.ports.clock() + _GRACE}
    stage.desk.ports.recordings.update(stage.desk.recording_id, changes, {})


def _spared(stage: Stage, generation: int, spool: Path) -> Stage:
    platform = OriginPlatform(stage.origin.spared)
    ports = replace(stage.desk.ports, platforms={platform.name: platform})
    other = replace(stage, desk=replace(stage.desk, ports=ports, generation=generation))
    return other.with_spool(Spool(spool, _SPOOL_BYTES, _SPOOL_BYTES))


def _recorded(stage: Stage) -> list[str]:
    return [flaw for flaw in alone(stage) if flaw not in _replaced()]


def _replaced() -> Iterable[str]:
    """Who is taken over, or no longer needed, has done what it is for."""
    return flaws_of(Ending.LEASE_LOST, Ending.OVER)


def _doubled(row: Row) -> Row:
    return replace(row, name=f"of two, one meets: {row.name}", doubled=True)


def _containers(row: Row) -> Row:
    return row if FULL or Container.TS not in row.containers else replace(row, containers=(Container.TS,))


_MET = [_containers(_doubled(row)) for row in ROWS if row.faults]
STANDBY_PROCESS_TRIALS = tuple(
    Trial(Row(f"of two, one gets {sent.name}", (Stretch(24),)), OneOfTwo(sent), OF_PROCESSES, 10 if FULL else 1)
    for sent in (signal.SIGKILL, signal.SIGTERM, signal.SIGSTOP)
)
STANDBY_TRIALS = (
    *(Trial(replace(row, name=f"{row.name}, the holder"), Accompanied(_HOLDER)) for row in _MET),
    *(
        Trial(replace(row, name=f"{row.name}, the standby"), Accompanied(_STANDBY))
        for row in _MET[:: 1 if FULL else 4]
    ),
    *(
        Trial(_containers(_doubled(trial.row)), Accompanied(_HOLDER, trial.staging), trial.speed)
        for trial in STORE_TRIALS[:: 1 if FULL else 2]
        if not isinstance(trial.staging, OnHangingTables)
    ),
)
