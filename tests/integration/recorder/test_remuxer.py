"""A bundle that kills the process that remuxes it harms nothing else, and one that hangs holds nobody up."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from mntreamer.domain.errors import NotPlayable, SourceError
from mntreamer.recorder.child.remuxer import Remuxer
from mntreamer.recorder.media.remux import remux
from mntreamer.recorder.media.remuxed import Broken
from tests.integration.recorder.media import Coding, source_of
from tests.integration.recorder.poisoned_child import CRASH, CRASH_ONCE, HANG, HANG_ONCE, SLOW, WHERE

POISONED = (sys.executable, str(Path(__file__).with_name("poisoned_child.py")))
SOURCE = source_of(Coding())


@pytest.fixture
def poisoned() -> Iterator[Remuxer]:
    with Remuxer(POISONED) as remuxer:
        yield remuxer


def _pid(remuxer: Remuxer) -> int:
    told = remuxer.remux(b"", [WHERE]).format
    assert told
    return int(told)


def test_a_child_makes_what_would_be_made_here() -> None:
    with Remuxer() as remuxer:
        assert remuxer.remux(b"", SOURCE.bodies) == remux(b"", SOURCE.bodies)


def test_what_a_remux_raises_comes_across() -> None:
    later, av1 = source_of(Coding(start_s=100)), source_of(Coding("libsvtav1", is_fmp4=True))
    with Remuxer() as remuxer:
        with pytest.raises(Broken) as broken:
            remuxer.remux(b"", [*SOURCE.bodies, *later.bodies])
        with pytest.raises(SourceError, match="FFmpeg cannot read it"):
            remuxer.remux(b"", [b"junk"])
        with pytest.raises(NotPlayable, match="av1"):
            remuxer.remux(av1.init, av1.bodies)
    assert broken.value.at == (3,)


def test_many_recordings_share_one_child(poisoned: Remuxer) -> None:
    pid = _pid(poisoned)

    with ThreadPoolExecutor(20) as recordings:
        pids = set(recordings.map(lambda _: _pid(poisoned), range(60)))

    assert pids == {pid} != {os.getpid()}


def test_what_kills_two_children_is_given_up_and_the_next_is_made(poisoned: Remuxer) -> None:
    with pytest.raises(SourceError, match="SIGSEGV"):
        poisoned.remux(b"", [SOURCE.bodies[0], CRASH])

    assert poisoned.remux(b"", SOURCE.bodies) == remux(b"", SOURCE.bodies)


def test_what_killed_one_child_gets_a_fresh_one(poisoned: Remuxer, tmp_path: Path) -> None:
    before = _pid(poisoned)

    after = poisoned.remux(b"", [CRASH_ONCE + bytes(tmp_path / "been here")]).format

    assert after
    assert int(after) == _pid(poisoned) != before


def test_a_child_that_somebody_ends_between_two_bundles_is_replaced(poisoned: Remuxer) -> None:
    os.kill(_pid(poisoned), signal.SIGKILL)

    assert poisoned.remux(b"", SOURCE.bodies) == remux(b"", SOURCE.bodies)


def test_crashes_of_one_recording_cost_the_others_nothing(poisoned: Remuxer) -> None:
    expected = remux(b"", SOURCE.bodies)

    def record(number: int) -> bool:
        if number % 4:
            return poisoned.remux(b"", SOURCE.bodies) == expected
        with pytest.raises(SourceError):
            poisoned.remux(b"", [CRASH])
        return True

    with ThreadPoolExecutor(8) as recordings:
        assert all(recordings.map(record, range(16)))


def test_what_hangs_is_given_up_in_time() -> None:
    with Remuxer(POISONED, limit_s=1) as remuxer:
        with pytest.raises(SourceError, match="not done in time"):
            remuxer.remux(b"", [HANG])
        assert _pid(remuxer)


def test_what_hangs_holds_nobody_else_up(poisoned: Remuxer, tmp_path: Path) -> None:
    hung = tmp_path / "hung"
    with ThreadPoolExecutor(1) as other:
        hanging = other.submit(poisoned.remux, b"", [HANG_ONCE + bytes(hung)])
        _wait_for(hung)

        assert poisoned.remux(b"", SOURCE.bodies) == remux(b"", SOURCE.bodies)
        assert not hanging.done()
        os.kill(int(hung.read_text()), signal.SIGKILL)
        assert hanging.result().format


def test_a_long_wait_for_others_is_not_counted_and_starts_no_second_child() -> None:
    with Remuxer(POISONED, limit_s=2) as remuxer, ThreadPoolExecutor(8) as recordings:
        told = list(recordings.map(lambda _: remuxer.remux(b"", [SLOW]).format, range(8)))
        assert len(set(told)) == 1


@pytest.mark.parametrize("meant_for_the_parent", [signal.SIGINT, signal.SIGTERM])
def test_a_child_outlives_what_its_parent_is_told(poisoned: Remuxer, meant_for_the_parent: signal.Signals) -> None:
    pid = _pid(poisoned)

    os.kill(pid, meant_for_the_parent)

    assert _pid(poisoned) == pid


def test_no_child_is_left_behind(poisoned: Remuxer) -> None:
    pid = _pid(poisoned)

    poisoned.__exit__(None, None, None)

    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


@pytest.mark.parametrize("last", ["WHERE", "HANG"])
def test_a_child_ends_with_a_parent_that_is_killed(last: str) -> None:
    """It holds the other end of the parent's stderr for as long as it lives."""
    command = [sys.executable, "-c", _PARENT, *POISONED, last]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stderr=pipe, cwd=_ROOT) as parent:  # noqa: S603 -- fixed
        assert parent.stderr
        assert parent.stderr.readline() == b"it works\n"

        parent.kill()

        assert parent.stderr.read() == b""


_ROOT = Path(__file__).parents[3]
_PARENT = """
import sys
from threading import Thread
from mntreamer.recorder.child.remuxer import Remuxer
from tests.integration.recorder import poisoned_child
remuxer = Remuxer(sys.argv[1:3], limit_s=2)
remuxer.remux(b"", [poisoned_child.WHERE])
Thread(target=remuxer.remux, args=(b"", [getattr(poisoned_child, sys.argv[3])])).start()
print("it works", file=sys.stderr, flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize(
    ("module", "stranger"),
    [("child.remuxer", "av"), ("storing.make", "av"), ("child.child", "requests"), ("child.child", "m3u8")],
)
def test_neither_side_loads_what_only_the_other_needs(module: str, stranger: str) -> None:
    """FFmpeg alone is as large as all the rest."""
    check = f"import sys, mntreamer.recorder.{module}; sys.exit({stranger!r} in sys.modules)"

    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0  # noqa: S603 -- fixed


def _wait_for(path: Path) -> None:
    while not path.exists():
        Event().wait(0.01)
