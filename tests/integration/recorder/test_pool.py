"""Threads that work for a recording: they do as much at once as they may, and keep no process from its end."""

import subprocess
import sys
from contextvars import ContextVar
from threading import Barrier, Event, current_thread

import pytest

from mntreamer.recorder.pool import Pool

_ABOUT = ContextVar("_ABOUT", default="nothing")
_HANGING = """
from threading import Event
from mntreamer.recorder.pool import Pool
begun = Event()
pool = Pool(1, "store")
pool.submit(lambda: (begun.set(), Event().wait()))
begun.wait()
pool.shutdown(wait=False, cancel_futures=True)
"""


def test_a_process_ends_although_one_of_them_hangs() -> None:
    command = [sys.executable, "-c", _HANGING]
    assert subprocess.run(command, timeout=20, check=False).returncode == 0  # noqa: S603 -- a fixed command


def test_they_work_at_once_up_to_their_number() -> None:
    together = Barrier(3)
    with Pool(3, "fetch") as pool:
        meeting = [pool.submit(together.wait, 20) for _ in range(6)]

    assert sorted(met.result() for met in meeting) == [0, 0, 1, 1, 2, 2]


def test_one_that_is_free_takes_the_next() -> None:
    with Pool(16, "fetch") as pool:
        names = {pool.submit(lambda: current_thread().name).result() for _ in range(50)}

    assert len(names) < 16


def test_they_work_in_the_context_that_they_were_made_in() -> None:
    token = _ABOUT.set("a recording")
    pool = Pool(2, "books")
    _ABOUT.reset(token)

    with pool:
        assert [pool.submit(_ABOUT.get).result() for _ in range(3)] == ["a recording"] * 3


def test_what_is_raised_is_for_whoever_asks_for_the_result() -> None:
    with Pool(1, "make") as pool:
        with pytest.raises(ZeroDivisionError):
            pool.submit(divmod, 1, 0).result()
        assert pool.submit(divmod, 7, 2).result() == (3, 1)


def test_what_has_not_begun_when_it_is_shut_down_is_cancelled() -> None:
    begun, may = Event(), Event()

    def work() -> bool:
        begun.set()
        return may.wait(20)

    pool = Pool(1, "store")
    first = pool.submit(work)
    second = pool.submit(divmod, 7, 2)
    assert begun.wait(20)

    pool.shutdown(wait=False, cancel_futures=True)

    may.set()
    assert first.result()
    assert second.cancelled()
    with pytest.raises(RuntimeError):
        pool.submit(divmod, 7, 2)
