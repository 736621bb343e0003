import json

import pytest

from benchmarks.platform_server import Traffic
from benchmarks.probe import __main__ as probe
from benchmarks.probe.__main__ import CHANNELS, NotEachOnce, Round, check_each_once
from benchmarks.probe.bare_clients import CONNECTIONS
from benchmarks.probe.rates import Rates, rate


def test_the_median_round_counts() -> None:
    assert rate(1000, [0.5, 4.0, 0.25]) == 2000


def test_the_summary_begins_with_how_the_tick_compares() -> None:
    summary = Rates(serial=20, bound=1000, tick=650, asyncio=2000).summary()
    assert list(summary.items())[:2] == [("vs_serial", 32.5), ("vs_bound", 0.65)]
    assert summary["asyncio_vs_bound"] == 2.0


def test_each_channel_once_is_a_measurement() -> None:
    check_each_once("tick", Round(1.0, CHANNELS), Traffic(CHANNELS, CONNECTIONS))


@pytest.mark.parametrize(
    ("off_air", "requests", "connections"),
    [
        (CHANNELS - 1, CHANNELS, CONNECTIONS),
        (CHANNELS, CHANNELS + 1, CONNECTIONS),
        (CHANNELS, CHANNELS - 1, CONNECTIONS),
        (CHANNELS, CHANNELS, CONNECTIONS + 1),
    ],
    ids=["one not understood", "one asked twice", "one not asked", "a connection too many"],
)
def test_anything_else_is_none(off_air: int, requests: int, connections: int) -> None:
    with pytest.raises(NotEachOnce, match="tick"):
        check_each_once("tick", Round(1.0, off_air), Traffic(requests, connections))


def test_the_last_line_is_the_summary(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    rates = Rates(serial=20, bound=1000, tick=650, asyncio=2000)
    monkeypatch.setattr(probe, "_measured", lambda: rates)
    assert probe.main() == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1]) == rates.summary()


def test_without_a_measurement_there_is_no_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def measured() -> Rates:
        raise NotEachOnce("one was left out")

    monkeypatch.setattr(probe, "_measured", measured)
    assert probe.main() == 1
    assert not capsys.readouterr().out
