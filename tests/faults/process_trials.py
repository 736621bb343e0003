"""What goes wrong with recorders, their clocks and their remuxers costs nothing but work."""

import signal
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from mntreamer.domain.media_path import DAMAGED
from mntreamer.domain.playlists.source_playlist import SegmentName
from mntreamer.recorder.child.remuxer import Remuxer
from mntreamer.recorder.ending.ending import Ending
from mntreamer.recorder.storing.spool import Spool
from tests.faults.broadcast import Stretch
from tests.faults.faults import Manner, segment, server
from tests.faults.hand_overs import HandedOver
from tests.faults.performance import FULL, OF_PROCESSES
from tests.faults.poison import is_poisoned
from tests.faults.recorder_processes import Interrupted
from tests.faults.row import Row
from tests.faults.stage import Stage, alone, flaws_of
from tests.faults.takes import Container, take_of
from tests.faults.trial import Trial

_DYING = (sys.executable, "-m", "tests.faults.dying_child")
_SPOOL_BYTES = 100_000_000


@dataclass(frozen=True)
class Joined:
    """Another recorder comes at this moment, while the first goes on: of the same generation, or of the next."""

    at_s: float
    is_next: bool

    def __call__(self, stage: Stage) -> list[str]:
        with ThreadPoolExecutor(1) as first, TemporaryDirectory() as folder:
            recording = first.submit(stage.desk.record, stage.workshop)
            stage.origin.clock.wait_until(self.at_s)
            other = stage.with_spool(Spool(Path(folder), _SPOOL_BYTES, _SPOOL_BYTES))
            ending = stage.desk.record(other.workshop, stage.desk.raise_generation() if self.is_next else 1)
            expected = Ending.LEASE_LOST if self.is_next else Ending.OVER
            return [*flaws_of(ending, Ending.OVER), *flaws_of(recording.result(), expected)]


@dataclass(frozen=True)
class Leap:
    """This machine's clock leaps in the middle of it."""

    by: timedelta
    at_s: float = 13.0

    def __call__(self, stage: Stage) -> list[str]:
        true_clock = stage.desk.ports.clock

        def clock() -> datetime:
            return true_clock() + (self.by if stage.origin.now_s >= self.at_s else timedelta())

        return alone(stage.with_clock(clock))


def with_dying_remuxers(stage: Stage) -> list[str]:
    """One recorder, whose remuxer's children live for three requests at the most, and die of poison at once."""
    with Remuxer(_DYING) as remuxer:
        return alone(stage.with_remuxer(remuxer))


def with_poison(stage: Stage) -> Iterator[str]:
    """The same; what killed them is kept beside the recording as it came."""
    yield from with_dying_remuxers(stage)
    for fault in stage.origin.row.faults:
        if fault.manner is Manner.POISON and fault.position is not None:
            yield from _not_kept(stage, fault.position)


def _not_kept(stage: Stage, position: int) -> Iterator[str]:
    entry = stage.origin.row.broadcast.entries[position]
    name = Path(SegmentName(entry.line, entry.sequence, entry.sequence).file).stem
    kept = stage.desk.ports.store.get(f"{stage.desk.recording.prefix}{DAMAGED}{name}.bin")
    container = stage.origin.container
    came = take_of(entry.encoding, container).init + entry.piece(container).body
    if kept is None or not kept.body.startswith(came) or not is_poisoned(kept.body):
        yield f"the bytes of segment {position}, which cannot be read, are not kept"


def _interrupted(sent: signal.Signals) -> Trial:
    return Trial(Row(f"{sent.name} at random moments"), Interrupted(sent), OF_PROCESSES, 17 if FULL else 2)


def _handed_over(name: str, refused: int = 0) -> Trial:
    turns = 13 if FULL else 1
    return Trial(Row(name, (Stretch(24),)), HandedOver(refused), OF_PROCESSES, turns)


_ONLY_TS = (Container.TS,)
_HOUR, _MOMENT = timedelta(hours=1), timedelta(seconds=5)
_AWAY = Row("nobody records for 19 s", (Stretch(20),), (server(9.5, 28.4, Manner.UNATTENDED),))
INTERRUPTED_TRIALS = (
    *map(_interrupted, (signal.SIGTERM, signal.SIGINT, signal.SIGKILL)),
    Trial(_AWAY, Interrupted(signal.SIGTERM, moments_s=(9.5,), away_s=18.9), replace(OF_PROCESSES, patience_s=10.0)),
)
HAND_OVER_TRIALS = (
    _handed_over("handed over at random moments"),
    _handed_over("handed over, with no room at first", refused=1),
)
PROCESS_TRIALS = (
    Trial(Row("two recorders of one generation"), Joined(7.0, is_next=False)),
    Trial(Row("an old recorder beside the next"), Joined(7.0, is_next=True)),
    *(
        Trial(Row(f"clock leaps by {by.total_seconds():+g} s", containers=_ONLY_TS, token_lives_s=12.0), Leap(by))
        for by in (_HOUR, -_HOUR, _MOMENT, -_MOMENT)
    ),
    Trial(Row("segment kills the remuxer", faults=(segment(8, Manner.POISON),)), with_poison),
    Trial(Row("remuxers killed at random"), with_dying_remuxers),
)
