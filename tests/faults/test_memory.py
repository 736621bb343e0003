"""However long a stream lasts, its recorder needs no more memory than at first."""

import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from mntreamer.domain.media_path import SEGMENTS
from mntreamer.domain.playlists.source_playlist import SegmentName
from mntreamer.usecases.recordings.stored.ledger import account_in
from mntreamer.usecases.recordings.stored.source import Source
from tests.faults.desk import Desk
from tests.faults.long_source import LongSource
from tests.faults.performance import FULL
from tests.faults.recorder_processes import start_recorder

HOURS = 12.0 if FULL else 1 / 3
COUNT = int(HOURS * 1800)
BUNDLE = 3
# In multiples of life, for all that a recorder does every so often; the source is as fast as it can be.
SCALE = 50.0
# The playlist's own entries, 1,200 an hour, and what an allocator keeps of the text that is made of them.
BASE_BYTES, HOURLY_BYTES = 2_000_000, 500_000
WITHIN_S = 60.0


@contextmanager
def recorded() -> Iterator[tuple[Desk, LongSource, "subprocess.Popen[bytes]"]]:
    """A recorder in a process of its own, at work on a long source."""

    def is_stored(number: int) -> bool:
        begin = number // BUNDLE * BUNDLE
        return (segments / SegmentName(0, begin, begin + BUNDLE - 1).file).exists()

    with TemporaryDirectory() as made, LongSource(COUNT, 10 * BUNDLE, is_stored) as source:
        folder = Path(made)
        desk = Desk.at(source, folder, SCALE)
        segments = folder / desk.recording.prefix / SEGMENTS
        with start_recorder(folder, source.page_url, SCALE, desk.recording_id) as recorder:
            try:
                yield desk, source, recorder
            finally:
                recorder.kill()


@pytest.mark.timeout(1800 if FULL else 120)
def test_memory_stays_flat_and_nothing_is_lost() -> None:
    with recorded() as (desk, source, recorder):
        held = list(measured(source, lambda: resident_bytes(recorder.pid)))
        assert recorder.wait(WITHIN_S) == 0
        listed = Source(desk.ports.store, desk.recording.prefix).listing.segments
        gaps = account_in(desk.ports.store, desk.recording).gaps

    assert [segment.name.first for segment in listed] == list(range(0, COUNT, BUNDLE))
    assert gaps == ()
    assert max(held[-10:]) - max(held[20:30]) <= BASE_BYTES + HOURLY_BYTES * HOURS


def measured(source: LongSource, measure: Callable[[], int]) -> Iterator[int]:
    """At each hundredth of the stream."""
    for hundredth in range(1, 101):
        assert source.wait_listed(COUNT * hundredth // 100, WITHIN_S)
        yield measure()


def resident_bytes(pid: int) -> int:
    """What a process and its children have in memory (proc(5))."""
    children = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return _own_bytes(pid) + sum(map(resident_bytes, children))


def _own_bytes(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS:"))
