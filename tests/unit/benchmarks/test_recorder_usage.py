import os
import subprocess
import sys

from benchmarks.recorder.usage import (
    Memory,
    PeakMemory,
    Stat,
    cpu_s,
    memory,
    parse_memory,
    parse_stat,
    with_descendants,
)

BUSY = "import time\nwhile time.process_time() < 0.25: pass"
ROLLUP = """\
55d0c0a3f000-7ffd1a5f6000 ---p 00000000 00:00 0                          [rollup]
Rss:                2048 kB
Pss:                 512 kB
Shared_Clean:       1536 kB
"""


def test_a_process_may_be_called_anything() -> None:
    fields = " ".join(map(str, range(10, 19)))
    stat = parse_stat(f"7 (a ) b (c) S 3 {fields} 150 25 10 15 20 0")
    assert stat == Stat(parent=3, cpu_s=200 / os.sysconf("SC_CLK_TCK"))


def test_memory_is_told_in_bytes() -> None:
    assert parse_memory(ROLLUP) == Memory(rss=2 << 20, pss=512 << 10)


def test_children_of_children_are_counted_and_strangers_are_not() -> None:
    stats = {pid: Stat(parent, 0.0) for pid, parent in [(2, 1), (3, 2), (4, 3), (5, 1), (6, 5)]}
    assert with_descendants([2], stats) == {2, 3, 4}


def test_what_has_ended_already_is_not_waited_for() -> None:
    assert with_descendants([9], {2: Stat(1, 0.0)}) == set()


def test_what_a_child_has_used_counts_after_its_end() -> None:
    before_s = cpu_s([os.getpid()])
    subprocess.run([sys.executable, "-c", BUSY], check=True)  # noqa: S603 -- see above
    assert cpu_s([os.getpid()]) - before_s >= 0.2


def test_shared_pages_are_divided() -> None:
    now = memory([os.getpid()])
    assert 0 < now.pss <= now.rss


def test_the_peak_is_at_least_what_is_held_meanwhile() -> None:
    with PeakMemory([os.getpid()], every_s=0.001) as peak:
        held = b"\1" * (32 << 20)
        while peak.most.rss < len(held):
            pass
    assert peak.most.rss >= len(held)
