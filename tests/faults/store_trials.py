"""What goes wrong with the store costs nothing, for as long as there is room to wait for it."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from mntreamer.domain.errors import StoreConflict
from mntreamer.domain.media_path import ACCOUNT, SOURCE_PLAYLIST
from mntreamer.ports import MediaStore
from mntreamer.recorder.storing.spool import Spool
from tests.faults.broadcast import Stretch
from tests.faults.row import Row
from tests.faults.rows import SECOND
from tests.faults.stage import Stage, alone
from tests.faults.trial import Trial
from tests.faults.troubled_store import (
    Call,
    DiskFull,
    Hanging,
    Reserved,
    Silent,
    Slow,
    Trouble,
    TroubledStore,
    Unavailable,
)
from tests.faults.troubled_tables import TroubledMonitors, TroubledRecordings

_LATER_S = 1.0
# A busy machine is late with the last bundle; it is to find no store yet either.
_MUCH_LATER_S = 8.0
_NOTHING = {SOURCE_PLAYLIST: b"# nothing\n", ACCOUNT: b"\n"}


@dataclass(frozen=True)
class OnStore:
    """One recorder on a troubled store."""

    trouble: Trouble

    def __call__(self, stage: Stage) -> Iterable[str]:
        store = TroubledStore(stage.folder, stage.desk.ports.clock, self.trouble, stage.origin.clock)
        return alone(stage.with_store(store))


@dataclass(frozen=True)
class OnHangingTables:
    """One recorder on tables that hang for a while, and take its lease again after that."""

    hanging: Hanging

    def __call__(self, stage: Stage) -> Iterable[str]:
        database = stage.folder / "mntreamer.db"
        recordings = TroubledRecordings(database, self.hanging, stage.origin.clock)
        monitors = TroubledMonitors(database, self.hanging, stage.origin.clock)
        flaws = alone(stage.with_tables(recordings, monitors))
        is_renewed = any(moment_s >= self.hanging.ends_s for moment_s in recordings.renewed_s)
        return flaws if is_renewed else [*flaws, "the lease was not renewed once the tables were well again"]


@dataclass(frozen=True)
class InRoom:
    """One recorder on a troubled store, whose spool has so much room in memory and as much on disk."""

    room_bytes: int
    trouble: Trouble

    def __call__(self, stage: Stage) -> Iterable[str]:
        with TemporaryDirectory() as folder:
            spool = Spool(Path(folder), self.room_bytes, self.room_bytes)
            return OnStore(self.trouble)(stage.with_spool(spool))


def beside_another_writer(stage: Stage) -> Iterable[str]:
    """One recorder, beside somebody who writes playlist and account anew every second."""
    prefix = stage.desk.recording.prefix
    with ThreadPoolExecutor(1) as other:
        writing = other.submit(_rewrite_till_the_end, stage, [prefix + SOURCE_PLAYLIST, prefix + ACCOUNT])
        flaws = alone(stage)
        writing.result()
    return flaws


def _rewrite_till_the_end(stage: Stage, keys: list[str]) -> None:
    for moment_s in range(1, int(stage.origin.row.over_at_s)):
        stage.origin.clock.wait_until(moment_s)
        for key in keys:
            _rewrite(stage.desk.ports.store, key)


def _rewrite(store: MediaStore, key: str) -> None:
    """What stands at its end then changes nothing but its version."""
    stored = store.get(key)
    with suppress(StoreConflict):
        if stored:
            store.put(key, stored.body + _NOTHING[key.rpartition("/")[2]], "text/plain", stored.version)


_LONG = (Stretch(20),)
_RESTART = (Stretch(9), Stretch(14, SECOND, sequence=0))
# A bundle has 104 to 126 kB once it is made. Two wait, one on disk and one in memory; then there is no room for more.
_ROOM_BYTES = 125_000
_CRAMPED = Row("spool full, store unavailable", no_room_for=frozenset(range(11, 16)))
STORE_TRIALS = (
    Trial(Row("store unavailable for 6 s"), OnStore(Unavailable(9.5, 15.5))),
    Trial(Row("store unavailable for 24 s", _LONG), OnStore(Unavailable(7.0, 31.0))),
    Trial(Row("store unavailable till after the end"), OnStore(Unavailable(7.0, Row("").over_at_s + _LATER_S))),
    Trial(Row("store slow, 6 s a segment"), OnStore(Slow(Call.SEGMENT, 6.0))),
    Trial(Row("store slow, 1 s a playlist"), OnStore(Slow(Call.TEXT, 1.0))),
    Trial(Row("store slow, 6 s a playlist"), OnStore(Slow(Call.TEXT, 6.0))),
    Trial(Row("store slow, 6 s a read"), OnStore(Slow(Call.READ, 6.0))),
    Trial(Row("store hangs for 24 s", _LONG), OnStore(Hanging(7.0, 31.0))),
    Trial(Row("store hangs for the first 24 s", _LONG), OnStore(Hanging(0.0, 24.0))),
    Trial(Row("store hangs over a restart", _RESTART), OnStore(Hanging(13.0, 37.0))),
    Trial(Row("store hangs over the end"), OnStore(Hanging(21.0, 45.0))),
    Trial(Row("tables hang for 24 s", _LONG), OnHangingTables(Hanging(1.0, 25.0))),
    Trial(Row("disk full for 12 s"), OnStore(DiskFull(7.0, 19.0))),
    Trial(Row("store full for 12 s"), OnStore(Reserved(7.0, 19.0))),
    Trial(Row("store's answers lost"), OnStore(Silent(4.0))),
    Trial(Row("playlist and account written by others"), beside_another_writer),
    Trial(_CRAMPED, InRoom(_ROOM_BYTES, Unavailable(7.0, _CRAMPED.over_at_s + _MUCH_LATER_S))),
)
