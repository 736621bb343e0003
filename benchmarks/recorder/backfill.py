"""How much of its begin a recorder that comes five minutes late gets back, from a source that lists all of it."""

import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.recorder.broadcast import WINDOW, Broadcast
from benchmarks.recorder.measure import NotKeptUp
from benchmarks.recorder.media import SEGMENT_S, encode_media
from benchmarks.recorder.origin import running_origin
from benchmarks.recorder.ways import OURS, Source, Way, place_of, recording
from mntreamer.domain.media_path import SEGMENTS
from mntreamer.domain.playlists.source_playlist import SegmentName, parse_segment_name

LATE_S = 300.0
_WITHIN_S = 240.0
_LOOK_EVERY_S = 0.5


@dataclass(frozen=True, slots=True)
class Regained:
    """Seconds of the stream from before the recorder came that a window of half a minute would not have had.

    `took_s` is from its start until that lay in the folder, `first_stored_s` until anything did, and `live_delay_s`
    how long after it was listed a segment of the live edge was stored at the most, meanwhile.
    """

    regained_s: float
    took_s: float
    first_stored_s: float
    live_delay_s: float


def regained(way: Way) -> Regained:
    """By our own way of recording. Raises NotKeptUp where the past does not come within four minutes."""
    listed = int(LATE_S / SEGMENT_S)
    with tempfile.TemporaryDirectory(prefix="mntreamer-bench-") as name:
        folder = Path(name)
        with running_origin(encode_media(), 1, folder, listed, 10 * listed) as origin:
            began_s = time.time()
            with recording(way, Source([origin.url(0)], origin.trusted), folder):
                _await(folder)
            return _figures(folder, origin.broadcasts[0], began_s)


def table(figures: Regained) -> str:
    """Markdown."""
    head = (
        "| detected late | regained | after | first stored after | live edge behind, at most |\n|--:|--:|--:|--:|--:|"
    )
    row = f"{figures.regained_s:.0f} s | {figures.took_s:.0f} s | {figures.first_stored_s:.1f} s"
    return f"{head}\n| {LATE_S:.0f} s | {row} | {figures.live_delay_s:.1f} s |"


def _await(folder: Path) -> None:
    """Until all from the first segment on is stored."""
    until_s = time.time() + _WITHIN_S
    while 0 not in {name.first for name in _stored(folder)}:
        if time.time() >= until_s:
            raise NotKeptUp(f"{OURS}: the past did not come within {_WITHIN_S:.0f} s")
        time.sleep(_LOOK_EVERY_S)
    while len(sequences := _sequences(folder)) < max(sequences) + 1:
        if time.time() >= until_s:
            raise NotKeptUp(f"{OURS}: the past did not come within {_WITHIN_S:.0f} s")
        time.sleep(_LOOK_EVERY_S)


def _figures(folder: Path, broadcast: Broadcast, began_s: float) -> Regained:
    listed = broadcast.window_at(began_s)
    first_seen = listed.stop - WINDOW
    stored_s = _stored(folder)
    past = {name: at_s for name, at_s in stored_s.items() if name.last < listed.stop}
    live = {name: at_s for name, at_s in stored_s.items() if name.last >= listed.stop}
    before = [sequence for sequence in _sequences(folder) if sequence < first_seen]
    return Regained(
        regained_s=len(before) * SEGMENT_S,
        took_s=max(past.values()) - began_s,
        first_stored_s=min(stored_s.values()) - began_s,
        live_delay_s=max(at_s - broadcast.listed_at_s(name.last) for name, at_s in live.items()),
    )


def _sequences(folder: Path) -> set[int]:
    return {sequence for name in _stored(folder) for sequence in range(name.first, name.last + 1)}


def _stored(folder: Path) -> dict[SegmentName, float]:
    """When each stored segment was, in Unix time."""
    files = (folder / place_of(0) / SEGMENTS).glob("*.ts")
    return {parse_segment_name(file.name): file.stat().st_mtime for file in files if not file.name.startswith(".")}
