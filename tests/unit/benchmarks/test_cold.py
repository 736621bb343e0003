"""What `make bench-cold` and `make bench-memory` say of what they measured."""

import sys
from pathlib import Path

import pytest

from benchmarks.cold.__main__ import BARE, FIRST_CALLS, figures_of
from benchmarks.cold.starts import Interpreter, Start
from benchmarks.lambda_environment import function_environment
from benchmarks.lambda_layers import FUNCTIONS, zipped_mb
from benchmarks.memory.__main__ import duration_s
from benchmarks.memory.functions import Used
from benchmarks.memory.scenes import Scene


def test_every_function_is_measured() -> None:
    assert FIRST_CALLS.keys() - {BARE.name} == {path.parent.name for path in FUNCTIONS.glob("*/app.py")}


@pytest.mark.parametrize("name", sorted(FIRST_CALLS.keys() - {BARE.name}))
def test_a_function_is_ready_without_asking_anybody(name: str) -> None:
    here = Interpreter(sys.executable, [])
    start = here.start(FUNCTIONS / name, FIRST_CALLS[name])
    assert start.ready_s > start.imported_s > 0


def test_a_start_is_told_in_bare_ones_by_the_median() -> None:
    starts = {
        "bare_handler": [Start(0.2, 0.2), Start(0.1, 0.1), Start(9.0, 9.0)],
        "api": [Start(0.4, 0.6), Start(0.5, 0.8), Start(0.1, 0.2)],
    }
    figures = figures_of(starts)
    assert figures.keys() == {"api"}
    assert (figures["api"]["import_ratio"], figures["api"]["ready_ratio"]) == (2.0, 3.0)


def test_a_folder_is_as_large_as_its_zip(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "zeros").write_bytes(bytes(1_000_000))
    assert 0.0005 < zipped_mb(tmp_path) < 0.01


def test_a_function_is_told_what_the_template_tells_it() -> None:
    told = function_environment()
    assert told["MONITOR_SHARDS"] == "4"
    assert told["CHZZK_LOGIN_SECRET"] == ""
    assert told["MONITORS_TABLE"]


@pytest.mark.parametrize(("size_mb", "expected_s"), [(1769, 1.05), (3538, 1.05), (885, 2.05)])
def test_memory_brings_cpu_up_to_one_and_shortens_no_wait(size_mb: int, expected_s: float) -> None:
    scene = Scene("api", "a list", 5, Used(cpu_s=1.0, took_s=1.0, peak_bytes=1))
    assert duration_s(scene, size_mb) == pytest.approx(expected_s, rel=0.01)
