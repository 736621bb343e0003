"""Who hangs is ended, also where Python itself does not come to its turn."""

import subprocess
import sys
from textwrap import dedent

_HANGS_IN_C = """
import ctypes
from mntreamer.exporter.lifeline import hold_on
hold_on(0.2)
ctypes.PyDLL(None).sleep(60)  # without giving up the interpreter's lock
"""
_LETS_GO = """
import time
from mntreamer.exporter.lifeline import hold_on, let_go
hold_on(0.2)
let_go()
time.sleep(0.5)
"""


def exit_code_of(program: str) -> int:
    return subprocess.run([sys.executable, "-c", dedent(program)], check=False, timeout=30).returncode  # noqa: S603 -- our own


def test_a_process_that_hangs_in_a_library_is_ended() -> None:
    assert exit_code_of(_HANGS_IN_C) == 1


def test_one_that_is_done_is_not() -> None:
    assert exit_code_of(_LETS_GO) == 0
