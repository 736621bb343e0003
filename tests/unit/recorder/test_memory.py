import subprocess
import sys

_SMALL_BYTES = 100_000_000
# Bodies are freed, and what was noted of each of them stays. Ends once the process is small.
_PROGRAM = """
import os, time
from mntreamer.recorder.child.memory import give_back_large_bodies
give_back_large_bodies(every_s=0.05)
bytearray(30_000_000)
bodies, notes = [], []
for number in range(100):
    bodies.append(bytearray(b"x" * 2_000_000))
    notes.append(bytearray(b"x" * 100_000))
bodies.clear()
while (size := int(open("/proc/self/statm").read().split()[1]) * os.sysconf("SC_PAGE_SIZE")) > 100_000_000:
    time.sleep(0.05)
print(size)
"""
# One bundle after another, and how many pages of memory were new for those after the first.
_IN_TURN = """
import resource
from mntreamer.recorder.child.memory import keep_large_bodies
keep_large_bodies()
def bundle():
    [bytearray(4_000_000) for _ in range(5)]
def new_pages():
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt
bundle()
before = new_pages()
for _ in range(10):
    bundle()
print(new_pages() - before)
"""
_PAGES_OF_A_BODY = 4_000_000 // 4096


def test_a_bundle_takes_the_memory_of_the_one_before() -> None:
    assert _told_by(_IN_TURN) < _PAGES_OF_A_BODY


def test_bodies_that_are_done_with_leave_the_process() -> None:
    assert _told_by(_PROGRAM) <= _SMALL_BYTES


def _told_by(program: str) -> int:
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=30)  # noqa: S603 -- ours
    return int(ran.stdout)
