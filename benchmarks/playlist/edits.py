"""A cut and its undoing, each from the call to the published playlist, beside reading and writing that with m3u8."""

import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from statistics import median

import m3u8

from benchmarks.many_monitors import NobodyOnAir
from benchmarks.playlist.recordings import RECORDING, list_hours
from mntreamer.clock import utc_now
from mntreamer.domain.media_path import PUBLISHED_PLAYLIST
from mntreamer.domain.playlists.timelines import Asked
from mntreamer.ports import Ports
from mntreamer.settings import Settings
from mntreamer.usecases.recordings.launch_recorder import NoLauncher
from mntreamer.usecases.recordings.publish_playlist import publish_playlist
from mntreamer.usecases.refining.cut_recording import cut_recording
from mntreamer.usecases.refining.undo_cut import undo_cuts
from tests.contract.local_ports import local_ports
from tests.state.memory_store import MemoryStore

_CUT_S = 60.0
_HOUR_S = 3600


@dataclass(frozen=True, slots=True)
class EditCost:
    """Medians, in seconds, of a recording that has ended. `load_dumps_s` is m3u8's; `disk` is our files' store."""

    hours: int
    load_dumps_s: float
    disk_cut_s: float
    disk_undo_s: float
    memory_cut_s: float
    memory_undo_s: float


def edits(hours: Sequence[int], rounds: int) -> list[EditCost]:
    """Recordings of these lengths take turns."""
    with ExitStack() as folders:
        recordings = [(each, *_recorded(folders, each)) for each in hours]
        measured = [[_round(*recording) for recording in recordings] for _ in range(rounds)]
    return [
        EditCost(each, *map(median, zip(*of_one, strict=True)))
        for each, of_one in zip(hours, zip(*measured, strict=True), strict=True)
    ]


def _recorded(folders: ExitStack, hours: int) -> tuple[Ports, Ports]:
    """The same recording on disk and in memory."""
    folder = Path(folders.enter_context(tempfile.TemporaryDirectory()))
    on_disk = local_ports(folder, utc_now, NobodyOnAir(), NoLauncher(), Settings())
    in_memory = replace(on_disk, store=MemoryStore())
    for ports in (on_disk, in_memory):
        list_hours(ports.store, hours, ended=True)
        publish_playlist(ports.store, RECORDING.prefix, openly=False)
    return on_disk, in_memory


def _round(hours: int, on_disk: Ports, in_memory: Ports) -> list[float]:
    stored = on_disk.store.get(RECORDING.prefix + PUBLISHED_PLAYLIST)
    assert stored
    text = stored.body.decode()
    middle_s = hours * _HOUR_S / 2
    asked = Asked(middle_s, middle_s + _CUT_S)
    took_s = [_took_s(lambda: m3u8.loads(text).dumps())]
    for ports in (on_disk, in_memory):
        took_s.append(_took_s(partial(cut_recording, ports, RECORDING, asked)))
        took_s.append(_took_s(partial(undo_cuts, ports, RECORDING)))
    return took_s


def _took_s(do: Callable[[], object]) -> float:
    began_s = time.perf_counter()
    do()
    return time.perf_counter() - began_s
