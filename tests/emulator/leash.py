"""`python leash.py MODULE`: runs MODULE until standard input ends, as it does however whoever started this ends."""

import os
import runpy
import signal
import sys
from threading import Thread


def _end_with_whoever_started_this() -> None:
    os.read(sys.stdin.fileno(), 1)
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    Thread(target=_end_with_whoever_started_this, daemon=True).start()
    runpy.run_module(sys.argv.pop(1), run_name="__main__", alter_sys=True)
