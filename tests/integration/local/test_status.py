"""`mntreamer status`: at a glance, whether it works, when it last looked, and what is wrong."""

import json
from dataclasses import replace

import pytest

from mntreamer.domain.monitors.tick_report import TickReport
from tests.contract.records import NOON, a_recording, minutes
from tests.integration.local.test_cli import Run, _api, run
from tests.integration.usecases.conftest import World, world

__all__ = ["_api", "run", "world"]
TICK = TickReport("chzzk", NOON - minutes(1), 60.0, 11, 10, 9, 2, 1, 0, 3, 42.5)
# In the zone and on the day of whoever runs the tests, so that only the end is told.
LOOKED = NOON.astimezone().strftime("%H:%M:%S")

pytestmark = pytest.mark.usefixtures("_api")


def test_all_is_well(run: Run, world: World) -> None:
    world.ports.tick_reports.put(TICK)

    shown = run("status")

    assert (shown.code, shown.err) == (0, "")
    first, titles, facts = shown.out.splitlines()
    assert first == "ok; 0 being recorded"
    assert titles.split() == ["platform", "last", "tick", "due", "asked", "live", "errors", "left", "breaker"]
    assert facts.startswith("chzzk ")
    assert facts.split()[-7:] == [LOOKED, "11", "9", "2", "1", "3", "closed"]


def test_how_late_it_is_stands_below(run: Run, world: World) -> None:
    world.ports.tick_reports.put(TICK)
    lease_until = NOON + minutes(1)
    recording = a_recording(detection_delay_s=33.4, first_segment_at=NOON + minutes(0.6), lease_until=lease_until)
    assert world.ports.recordings.open(recording, NOON.date())

    lines = run("status").out.splitlines()

    assert lines[0] == "ok; 1 being recorded"
    assert lines[3:] == [
        "a stream is seen 33 s after its begin on average of 1, 95 % within 33 s, all within 33 s",
        "its first segment is stored 36 s after its begin on average of 1, 95 % within 36 s, all within 36 s",
    ]


def test_what_is_wrong_comes_first_and_is_an_exit_code(run: Run, world: World) -> None:
    world.ports.platform_states.get("chzzk")
    until = NOON + minutes(2)
    world.ports.platform_states.update("chzzk", {"blocks": 1, "paused_until": until, "reason": "HTTP\x1b[2J 429"}, {})

    shown = run("status")

    assert shown.code == 1
    assert shown.out.splitlines()[:3] == [
        "degraded; 0 being recorded",
        "  chzzk: nothing is asked before 2026-11-22T03:02:00.123Z, since HTTP [2J 429",
        "  chzzk: there was no tick yet; one should come every minute",
    ]
    assert shown.out.splitlines()[-1].split() == ["chzzk", "never", "open"]


@pytest.mark.parametrize("is_well", [True, False])
def test_programs_get_the_api_s_answer_and_the_same_exit_code(run: Run, world: World, *, is_well: bool) -> None:
    world.ports.tick_reports.put(TICK if is_well else replace(TICK, broken=1))

    shown = run("status", "--json")

    assert shown.code == (0 if is_well else 1)
    assert json.loads(shown.out)["status"] == ("ok" if is_well else "degraded")


@pytest.mark.parametrize("_api", [True], indirect=True)
def test_no_token_is_needed(run: Run, world: World) -> None:
    world.ports.tick_reports.put(TICK)

    assert run("status").code == 0


def test_without_a_server_it_is_said(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MNTREAMER_URL", "http://127.0.0.1:9")

    assert run("status").code == 3


def test_it_has_help(run: Run) -> None:
    assert "Usage:" in run("status", "--help").out
