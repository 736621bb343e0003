"""`python -m benchmarks.tick`: what a tick costs where few monitors are due among few, and among many.

DynamoDB's own count of rows examined, and the calls, come from moto; the time comes from SQLite, in turns on a small
and on a large table. The last line is JSON. Exit codes: 0 measured, 1 a tick did not do exactly what was due.
"""

import json
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median

from rich.console import Console

from benchmarks.many_monitors import DUE, Calls, NobodyOnAir, in_dynamodb, in_sqlite
from mntreamer.clock import utc_now
from mntreamer.domain.errors import MntreamerError
from mntreamer.domain.monitors.check import Outcome
from mntreamer.domain.monitors.due import Due
from mntreamer.domain.times import seconds
from mntreamer.ports import Monitors, Ports
from mntreamer.settings import Settings
from mntreamer.tick.tick import tick
from mntreamer.usecases.recordings.launch_recorder import NoLauncher
from tests.contract.local_ports import local_ports

FEW, MANY = 1_000, 100_000
ROUNDS = 41
_LISTED = 20_000
_progress = Console(stderr=True, highlight=False)


class NotWhatWasDue(MntreamerError):
    """A tick checked other monitors than those that were due."""

    code = "not_what_was_due"


def main() -> int:
    try:
        few, many = _counted(FEW), _counted(MANY)
        few_s, many_s = _timed([FEW, MANY])
    except NotWhatWasDue as error:
        _progress.print(str(error), soft_wrap=True)
        return 1
    print(f"{'':24}{FEW:>12,} monitors{MANY:>12,} monitors")
    print(f"{'due':24}{DUE:>21}{DUE:>21}")
    print(f"{'rows examined':24}{few.examined:>21}{many.examined:>21}")
    for call in sorted(few.made | many.made):
        print(f"{call + ' calls':24}{few.made[call]:>21}{many.made[call]:>21}")
    print(f"{'tick on SQLite':24}{few_s * 1000:>18.2f} ms{many_s * 1000:>18.2f} ms")
    figures = {
        "examined_1k": few.examined,
        "examined_100k": many.examined,
        "tick_time_ratio": round(many_s / few_s, 2),
        "writes_per_probe": many.made["UpdateItem"] / DUE,
    }
    print(json.dumps(figures))
    return 0


def _counted(many: int) -> Calls:
    """What one tick asks of DynamoDB."""
    _progress.print(f"{many:,} monitors go into DynamoDB (moto); of 100,000 that takes a minute or two")
    with in_dynamodb(many, utc_now()) as (monitors, calls), tempfile.TemporaryDirectory() as folder:
        _tick(_ports(Path(folder), monitors))
    return calls


def _timed(sizes: Sequence[int]) -> list[float]:
    """The median time of a tick on tables of these sizes, which take turns, in seconds."""
    with tempfile.TemporaryDirectory() as folder:
        tables = []
        for size in sizes:
            _progress.print(f"{size:,} monitors go into SQLite")
            (Path(folder) / str(size)).mkdir()
            in_sqlite(Path(folder) / str(size) / "mntreamer.db", size, utc_now())
            tables.append(_ports(Path(folder) / str(size)))
        rounds = [[_round_s(ports) for ports in tables] for _ in range(ROUNDS)]
        return [median(times) for times in zip(*rounds, strict=True)]


def _round_s(ports: Ports) -> float:
    """The seconds that a tick takes; after it the same monitors are due again."""
    began = time.perf_counter()
    probed = _tick(ports)
    took_s = time.perf_counter() - began
    for due in probed:
        ports.monitors.update(due.streamer_id, {"check_at": due.check_at, "probed_at": None, "miss_count": 0})
    return took_s


def _ports(folder: Path, monitors: Monitors | None = None) -> Ports:
    ports = local_ports(folder, utc_now, NobodyOnAir(), NoLauncher(), Settings())
    return replace(ports, monitors=monitors) if monitors else ports


def _tick(ports: Ports) -> list[Due]:
    """A tick, from looking for what is due; what it probed."""
    now = ports.clock()
    done = tick(ports, ports.monitors.due(now, _LISTED), now + seconds(60))
    probed = [due for due, check in done.checks.items() if check.outcome is Outcome.WAITING]
    if len(probed) != DUE or len(done.checks) != DUE:
        raise NotWhatWasDue(f"{DUE} monitors were due; {len(done.checks)} were taken, {len(probed)} of them probed")
    return probed


if __name__ == "__main__":
    sys.exit(main())
