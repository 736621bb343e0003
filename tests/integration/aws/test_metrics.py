"""What CloudWatch takes from the log: the embedded metric format, one series for each number and platform.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
"""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from functions.check_monitors import app as check_monitors
from mntreamer.aws.metrics import emit, emit_launch_delay, emit_settled
from mntreamer.domain.monitors.check import Check, Outcome
from mntreamer.domain.monitors.due import Due
from mntreamer.domain.monitors.probe import Live, Offline, ProbeFailed
from mntreamer.tick.tick import Tick
from tests.contract.records import NOON, a_problem, a_streamer, minutes
from tests.integration.aws.conftest import StillPlatform
from tests.integration.aws.test_handlers import context, event

if TYPE_CHECKING:
    from mntreamer.ports import Ports

LIVE = Live("1001", "title", "game", NOON)
UNITS = {
    "due": "Count",
    "probed": "Count",
    "live": "Count",
    "errors": "Count",
    "sent_away": "Count",
    "broken": "Count",
    "launches_failed": "Count",
    "breaker_open": "Count",
    "backlog_age": "Seconds",
}
Emitted = Callable[[], list[dict[str, Any]]]


@pytest.fixture(autouse=True)
def _in_a_function(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", "check_share")
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "the-stack")


@pytest.fixture
def emitted(capsys: pytest.CaptureFixture[str]) -> Emitted:
    def documents() -> list[dict[str, Any]]:
        return [json.loads(line) for line in capsys.readouterr().out.splitlines() if '"_aws"' in line]

    return documents


def units(document: dict[str, Any]) -> dict[str, str]:
    """Of every metric that is declared; each is there, and belongs to its platform alone."""
    [directive] = document["_aws"]["CloudWatchMetrics"]
    assert isinstance(document["_aws"]["Timestamp"], int)
    assert (directive["Namespace"], directive["Dimensions"]) == ("the-stack", [["platform"]])
    declared = {metric["Name"]: metric["Unit"] for metric in directive["Metrics"]}
    assert set(document) == {"_aws", "platform", *declared}
    return declared


def values(document: dict[str, Any]) -> dict[str, list[float]]:
    return {name: document[name] for name in units(document)}


def ticked(*checks: Check) -> Tick:
    due = [Due(f"chzzk:{number}", "chzzk", 0, 0, NOON - minutes(1)) for number in range(len(checks))]
    return Tick(dict(zip(due, checks, strict=True)), NOON, NOON + timedelta(seconds=4.5))


def test_a_tick_s_numbers(ports: "Ports", emitted: Emitted) -> None:
    done = ticked(
        Check("chzzk", Outcome.WAITING, Offline()),
        Check("chzzk", Outcome.RELAUNCHED, LIVE, launch_failed=True),
        Check("chzzk", Outcome.FAILED, ProbeFailed(a_problem("HTTP 500"))),
        Check("chzzk", Outcome.FAILED, ProbeFailed(a_problem("HTTP 429"), sent_away=True)),
        Check("chzzk", Outcome.HELD),
        Check("chzzk", Outcome.BROKEN),
        Check("chzzk", Outcome.LEFT),
    )

    emit(ports, done)

    [document] = emitted()
    assert units(document) == UNITS
    assert document["platform"] == "chzzk"
    assert values(document) == {
        "due": [7],
        "probed": [4],
        "live": [1],
        "errors": [2],
        "sent_away": [1],
        "broken": [1],
        "launches_failed": [1],
        "breaker_open": [0],
        "backlog_age": [64.5],
    }


def test_a_tick_without_anything_due_is_a_tick_too(ports: "Ports", emitted: Emitted) -> None:
    emit(ports, ticked())

    [document] = emitted()
    assert values(document) == {name: [0] for name in UNITS}


@pytest.mark.parametrize("detections", [1, 2, 100, 250])
def test_every_detection_counts(ports: "Ports", emitted: Emitted, detections: int) -> None:
    checks = [Check("chzzk", Outcome.OPENED, LIVE, float(number)) for number in range(detections)]

    emit(ports, ticked(*checks))

    documents = emitted()
    delays = [delay for document in documents for delay in document.get("detection_delay", [])]
    dues = [due for document in documents for due in document.get("due", [])]
    assert {name: unit for document in documents for name, unit in units(document).items()} == {
        **UNITS,
        "detection_delay": "Seconds",
    }
    assert (delays, dues) == ([float(number) for number in range(detections)], [detections])
    assert all(len(series) <= 100 for document in documents for series in values(document).values())


@pytest.mark.parametrize("paused_for", [minutes(1), minutes(-1)])
def test_the_breaker_is_open_until_all_may_ask_again(ports: "Ports", emitted: Emitted, paused_for: timedelta) -> None:
    ports.platform_states.get("chzzk")
    paused_until = ports.clock() + paused_for
    ports.platform_states.update("chzzk", {"blocks": 1, "paused_until": paused_until, "reason": "HTTP 429"}, {})

    emit(ports, ticked())

    [document] = emitted()
    assert document["breaker_open"] == [1]


def test_how_long_a_recorder_took(emitted: Emitted) -> None:
    emit_launch_delay("chzzk", timedelta(seconds=61.5))

    [document] = emitted()
    assert (units(document), document["launch_delay"]) == ({"launch_delay": "Seconds"}, [61.5])


def test_a_launch_that_failed_at_a_recorder_s_end_counts_as_one_of_a_tick_does(emitted: Emitted) -> None:
    emit_settled(Check("chzzk", Outcome.RELAUNCHED, LIVE, launch_failed=True))

    [document] = emitted()
    assert (units(document), document["launches_failed"]) == ({"launches_failed": "Count"}, [1])


def test_the_schedule_s_handler_writes_them_and_reports_the_same(
    ports: "Ports", platform: StillPlatform, emitted: Emitted
) -> None:
    now = ports.clock()
    ports.monitors.add(a_streamer(added_at=now - minutes(60), check_at=now - minutes(1)))
    platform.shows = Live("1001", "title", "game", now - minutes(2))

    check_monitors.handler(event("tick"), context())

    document, flow = emitted()
    report = ports.tick_reports.latest("chzzk")
    assert report
    assert units(document) == {**UNITS, "detection_delay": "Seconds"}
    assert (document["due"], document["live"]) == ([report.due], [report.live]) == ([1], [1])
    assert values(flow) == {"recording": [1], "unrecorded": [0], "stalled": [0]}
    [delay_s] = document["detection_delay"]
    assert 120 <= delay_s < 180
