"""Somebody asks how it goes: what the last ticks reported, the platforms' states and the newest delays, put together.

All of it is read from what is stored, so that every process says the same, also just after a restart.
"""

from datetime import datetime

from mntreamer.domain.monitors.breaker import breaker_of
from mntreamer.domain.monitors.delays import delays_of, start_delay_s
from mntreamer.domain.monitors.health import Health, PlatformHealth
from mntreamer.domain.recordings.flow import flow_of
from mntreamer.domain.recordings.recording import RecordingStatus
from mntreamer.ports import Platform, Ports
from mntreamer.usecases.monitors.measure_flow import unfinished

_MEASURED = 50
_FINISHED = [status for status in RecordingStatus if status is not RecordingStatus.RECORDING]


def measure_health(ports: Ports) -> Health:
    """Costs two reads for each platform, three with a login, and one query for each status of recordings."""
    now = ports.clock()
    under_way = unfinished(ports)
    finished = ports.recordings.newest(_FINISHED, _MEASURED)
    newest = sorted([*under_way, *finished], key=lambda recording: recording.started_at, reverse=True)[:_MEASURED]
    detections = (recording.detection_delay_s for recording in newest)
    starts = (start_delay_s(recording) for recording in newest)
    return Health(
        time=now,
        platforms=tuple(_platform(ports, platform, now) for platform in ports.platforms.values()),
        flow=flow_of(under_way, now),
        detection=delays_of([delay_s for delay_s in detections if delay_s is not None]),
        start=delays_of([delay_s for delay_s in starts if delay_s is not None]),
    )


def _platform(ports: Ports, platform: Platform, now: datetime) -> PlatformHealth:
    breaker = breaker_of(ports.platform_states.get(platform.name), now)
    return PlatformHealth(platform.name, ports.tick_reports.latest(platform.name), breaker, platform.login())
