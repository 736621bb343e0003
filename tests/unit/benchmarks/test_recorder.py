import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from benchmarks.recorder import __main__ as recorder
from benchmarks.recorder import backfill, hand_over
from benchmarks.recorder.backfill import Regained
from benchmarks.recorder.figures import Cost, lost_table, summary, table
from benchmarks.recorder.hand_over import HandOvers
from benchmarks.recorder.measure import NotKeptUp
from benchmarks.recorder.usage import Memory

MIB = 2**20
ASKED = ["--streamlink", "streamlink"]


def cost(way: str, count: int, cpu_s: float, pss: int, delays_s: tuple[float, ...] = ()) -> Cost:
    return Cost(way, count, 120.0, cpu_s, 1.0, Memory(pss * MIB, pss * MIB // 2), delays_s)


COSTS = [
    cost("mntreamer", 1, 1.0, 90, (0.2,)),
    cost("ffmpeg", 1, 0.8, 40),
    cost("streamlink", 1, 3.0, 130),
    cost("mntreamer", 20, 12.0, 280, tuple(number / 100 for number in range(1, 101))),
    cost("ffmpeg", 20, 16.0, 800),
    cost("streamlink", 20, 60.0, 2600),
]
LOST = {"segment 404 for ever": (1, 1, 1), "token expiry": (0, 12, 12)}


def measured(costs: list[Cost]) -> Callable[..., Iterator[Cost]]:
    return lambda *_: iter(costs)


def test_the_summary_compares_with_a_bare_ffmpeg() -> None:
    assert summary(COSTS, LOST) == {
        "cpu_ratio_1": 1.25,
        "cpu_ratio_20": 0.75,
        "memory_ratio_20": 0.35,
        "pss_ratio_20": 0.35,
        "store_delay_p95_s": 0.95,
        "lost": LOST,
    }


def test_costs_are_told_for_one_recording() -> None:
    assert "| ffmpeg | 20 | 0.40 | 40 | 20 | 0.5 |" in table(COSTS)


def test_each_fault_has_a_row() -> None:
    assert "| token expiry | 0 | 12 | 12 |" in lost_table(LOST)


def test_the_last_line_is_the_summary(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(recorder, "_costs", measured(COSTS))
    monkeypatch.setattr(recorder, "lost_of_each", lambda _: LOST)
    monkeypatch.setattr(hand_over, "hand_overs", lambda: HandOvers(0, (8.0, 12.0)))
    monkeypatch.setattr(backfill, "regained", lambda _: Regained(270.0, 90.0, 1.5, 1.2))
    assert recorder.main(ASKED) == 0
    *told, line = capsys.readouterr().out.splitlines()
    last = json.loads(line)
    assert "| 2 | 0 | 10.0 s | 12.0 s |" in told
    assert (last["handover_lost"], 1.0 < last["standby_cost_ratio"] < 2.0) == (0, True)
    assert (last["memory_ratio_20"], last["backfill_regained_s"]) == (0.35, 270.0)


@pytest.mark.parametrize("counts", ["", "0", "1,,20", "-1", "many"])
def test_how_many_at_once_is_a_number(counts: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        recorder.main([*ASKED, f"--counts={counts}"])
    assert "whole numbers" in capsys.readouterr().err


def test_without_a_measurement_there_is_no_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def late(streamlink: Path, *_: object) -> Iterator[Cost]:
        raise NotKeptUp(f"{streamlink}: 20 of 20 recordings did not keep up")

    monkeypatch.setattr(recorder, "_costs", late)
    assert recorder.main(ASKED) == 1
    assert not capsys.readouterr().out
