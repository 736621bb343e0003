"""The health is the same wherever its numbers are stored."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from mntreamer.aws.dynamodb_platform_states import DynamoPlatformStates
from mntreamer.aws.dynamodb_recordings import DynamoRecordings
from mntreamer.aws.dynamodb_tick_reports import DynamoTickReports
from mntreamer.domain.monitors.breaker import Breaker, BreakerStatus
from mntreamer.domain.monitors.delays import Delays
from mntreamer.domain.monitors.health import Health, PlatformHealth
from mntreamer.domain.monitors.login import Login, LoginStatus
from mntreamer.domain.monitors.tick_report import TickReport
from mntreamer.domain.recordings.flow import Flow
from mntreamer.domain.recordings.recording import RecordingStatus
from mntreamer.ports import Ports
from mntreamer.settings import Settings
from mntreamer.usecases.monitors.measure_health import measure_health
from mntreamer.usecases.recordings.launch_recorder import NoLauncher
from tests.contract.local_ports import local_ports
from tests.contract.platforms import EasyPlatform
from tests.contract.records import NOON, a_recording, minutes
from tests.contract.tables import RECORDINGS, STATE

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

NOW = NOON + minutes(2)
NO_LOGIN = Login(LoginStatus.NONE)
TICK = TickReport("chzzk", NOON + minutes(1), 4.5, 5, 5, 5, 1, 0, 0, 0, 0.0)
REASON = "api.example asked us to stay away: HTTP 429"


@pytest.fixture(params=["DynamoDB", "SQLite"])
def ports(request: pytest.FixtureRequest, tmp_path: Path) -> Ports:
    platform: Any = EasyPlatform()  # nobody asks it anything
    local = local_ports(tmp_path, lambda: NOW, platform, NoLauncher(), Settings())
    return local if request.param == "SQLite" else _on_dynamodb(local, request.getfixturevalue("dynamodb"))


def _on_dynamodb(ports: Ports, client: "DynamoDBClient") -> Ports:
    return replace(
        ports,
        recordings=DynamoRecordings(client, RECORDINGS),
        platform_states=DynamoPlatformStates(client, STATE),
        tick_reports=DynamoTickReports(client, STATE),
    )


def record(ports: Ports, live_id: str, **facts: Any) -> None:
    """Each of a channel of its own, so that each is its channel's first of the day."""
    assert ports.recordings.open(a_recording(live_id, live_id, **facts), NOON.date())


def test_before_anything_happened(ports: Ports) -> None:
    closed = Breaker(BreakerStatus.CLOSED)
    nothing = Health(NOW, (PlatformHealth("chzzk", None, closed, NO_LOGIN),), Flow(), Delays(), Delays())
    assert measure_health(ports) == nothing


def test_the_last_tick_and_the_breaker_of_each_platform(ports: Ports) -> None:
    ports.tick_reports.put(TICK)
    ports.platform_states.get("chzzk")
    ports.platform_states.update("chzzk", {"blocks": 2, "paused_until": NOW + minutes(2), "reason": REASON}, {})

    [platform] = measure_health(ports).platforms

    assert platform == PlatformHealth(
        "chzzk", TICK, Breaker(BreakerStatus.OPEN, 2, NOW + minutes(2), REASON), NO_LOGIN
    )


def test_how_it_is_with_the_login(ports: Ports) -> None:
    expired = Login(LoginStatus.EXPIRED, NOON)
    platform: Any = ports.platforms["chzzk"]
    platform.has_login = expired

    [found] = measure_health(ports).platforms

    assert found.login == expired


def test_recorders_at_work_are_counted(ports: Ports) -> None:
    record(ports, "held", lease_until=NOW + minutes(1))
    record(ports, "launched", lease_until=NOW + minutes(0.1))
    record(ports, "waits for its reconnect", lease_until=NOW)
    record(ports, "closed", lease_until=NOW + minutes(1), status=RecordingStatus.IDLE)

    assert measure_health(ports).flow.recording == 2


def test_delays_are_those_of_recordings_in_every_state_that_have_them(ports: Ports) -> None:
    for number, status in enumerate(RecordingStatus, 1):
        first = NOON + minutes(number)
        record(ports, status.value, status=status, detection_delay_s=10.0 * number, first_segment_at=first)
    record(ports, "nothing stored", detection_delay_s=0.0)
    record(ports, "on before it was watched", first_segment_at=NOON + minutes(60))

    health = measure_health(ports)

    assert health.detection == Delays(6, 25.0, 50.0, 50.0)
    assert health.start == Delays(5, 180.0, 300.0, 300.0)


@pytest.mark.parametrize("states", [[RecordingStatus.RECORDING], [RecordingStatus.DONE], list(RecordingStatus)])
def test_only_the_newest_50_are_measured(ports: Ports, states: list[RecordingStatus]) -> None:
    for age in range(60):
        started_at = NOON - minutes(age)
        status = states[age % len(states)]
        record(ports, f"{age}", started_at=started_at, status=status, detection_delay_s=float(age))

    assert measure_health(ports).detection == Delays(50, 24.5, 47.0, 49.0)


def test_it_costs_two_reads_and_a_query_for_each_status(dynamodb: "DynamoDBClient", tmp_path: Path) -> None:
    platform: Any = EasyPlatform()
    ports = _on_dynamodb(local_ports(tmp_path, lambda: NOW, platform, NoLauncher(), Settings()), dynamodb)
    ports.platform_states.get("chzzk")
    calls: Counter[str] = Counter()

    def count(params: Mapping[str, Any], model: Any, **_: object) -> None:
        assert params
        calls[model.name] += 1

    dynamodb.meta.events.register("before-call.dynamodb", count)
    measure_health(ports)

    assert calls == {"GetItem": 2, "Query": len(RecordingStatus)}
