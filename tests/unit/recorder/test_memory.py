import subprocess
import sys

_BODIES_BYTES = 200_000_000
# Bodies are freed, and what was noted of each of them stays.
_PROGRAM = """
import os
from mntreamer.recorder.memory import give_back_large_bodies
give_back_large_bodies()
bytearray(30_000_000)
bodies, notes = [], []
for number in range(100):
    bodies.append(bytearray(b"x" * 2_000_000))
    notes.append(bytearray(b"x" * 100_000))
bodies.clear()
print(int(open("/proc/self/statm").read().split()[1]) * os.sysconf("SC_PAGE_SIZE"))
"""


def test_bodies_that_are_done_with_leave_the_process() -> None:
    ran = subprocess.run([sys.executable, "-c", _PROGRAM], capture_output=True, text=True, check=True)  # noqa: S603 -- ours
    assert int(ran.stdout) < _BODIES_BYTES / 2
