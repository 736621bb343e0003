"""`/api/v1/health`: open to everybody, so it holds numbers and the platforms' states, and nothing about streamers."""

from http import HTTPStatus
from typing import Any

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response

from mntreamer.api.resources.reason_views import reason_view
from mntreamer.api.wire.answers import json_answer
from mntreamer.domain.monitors.health import Health, PlatformHealth
from mntreamer.domain.times import to_iso
from mntreamer.ports import Ports
from mntreamer.rows import Row, to_row
from mntreamer.usecases.monitors.measure_health import measure_health


def add_health_route(app: APIGatewayHttpResolver, ports: Ports) -> None:
    @app.get("/api/v1/health")
    def health() -> Response[str]:
        # 200 also where it is degraded: this server answers, and restarting it would cure no platform.
        return json_answer(HTTPStatus.OK, _to_body(measure_health(ports)))


def _to_body(health: Health) -> dict[str, Any]:
    return {
        "status": health.status,
        "problems": health.problems,
        "problems_coded": [reason_view(problem) for problem in health.problems],
        "time": to_iso(health.time),
        "platforms": [_platform(platform) for platform in health.platforms],
        **to_row(health.flow),
        "delays": {"detection": to_row(health.detection), "start": to_row(health.start)},
    }


def _platform(health: PlatformHealth) -> dict[str, Any]:
    tick = _without_platform(to_row(health.tick)) if health.tick else None
    return {
        "platform": health.platform,
        "tick": tick,
        "breaker": to_row(health.breaker),
        "login": to_row(health.login),
    }


def _without_platform(row: Row) -> Row:
    return {name: value for name, value in row.items() if name != "platform"}
