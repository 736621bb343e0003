"""What processes and all that they started have used: proc(5)."""

import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from types import TracebackType
from typing import Self

_PROC = Path("/proc")
_KIB = 1024
_TICKS_PER_S = os.sysconf("SC_CLK_TCK")
_GONE = (FileNotFoundError, ProcessLookupError)  # a process may end between two looks at it


@dataclass(frozen=True, slots=True)
class Stat:
    """A process's parent, and the processor seconds of it and of its children that have ended."""

    parent: int
    cpu_s: float


@dataclass(frozen=True, slots=True)
class Memory:
    """`rss` counts a page for each process that shares it, `pss` divides it among them. In bytes."""

    rss: int
    pss: int


def cpu_s(roots: Collection[int]) -> float:
    """Processor seconds of these processes and all below them so far."""
    stats = _stats()
    return sum(stats[pid].cpu_s for pid in with_descendants(roots, stats))


def memory(roots: Collection[int]) -> Memory:
    """What these processes and all below them hold now."""
    each = [_memory_of(pid) for pid in with_descendants(roots, _stats())]
    return Memory(sum(one.rss for one in each), sum(one.pss for one in each))


def parse_stat(text: str) -> Stat:
    """`/proc/pid/stat`. A command's name may hold anything, brackets and spaces too."""
    fields = text.rpartition(")")[2].split()
    return Stat(int(fields[1]), sum(map(int, fields[11:15])) / _TICKS_PER_S)


def parse_memory(text: str) -> Memory:
    """`/proc/pid/smaps_rollup`."""
    rows = (line.split() for line in text.splitlines()[1:])
    bytes_of = {row[0]: int(row[1]) * _KIB for row in rows}
    return Memory(bytes_of["Rss:"], bytes_of["Pss:"])


def with_descendants(roots: Collection[int], stats: Mapping[int, Stat]) -> set[int]:
    """Those of the roots that are there, and all below them."""
    found = set(roots) & set(stats)
    while more := {pid for pid, stat in stats.items() if stat.parent in found} - found:
        found |= more
    return found


class PeakMemory:
    """The most that processes and all below them held at any of our looks at them."""

    def __init__(self, roots: Collection[int], every_s: float = 0.5) -> None:
        self._every_s = every_s
        self.most = Memory(0, 0)
        self._roots = roots
        self._ended = Event()
        self._thread = Thread(target=self._look, name="memory")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._ended.wait(self._every_s):
            now = memory(self._roots)
            self.most = Memory(max(self.most.rss, now.rss), max(self.most.pss, now.pss))


def _stats() -> dict[int, Stat]:
    return dict(_each_stat())


def _each_stat() -> Iterator[tuple[int, Stat]]:
    for folder in _PROC.iterdir():
        with suppress(*_GONE):
            if folder.name.isdecimal():
                yield int(folder.name), parse_stat((folder / "stat").read_text())


def _memory_of(pid: int) -> Memory:
    """Nothing, of one that has just ended."""
    try:
        return parse_memory((_PROC / str(pid) / "smaps_rollup").read_text())
    except _GONE:
        return Memory(0, 0)
