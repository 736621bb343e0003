"""Somebody asks what is being recorded just now, and what is live and is not."""

from collections.abc import Mapping

from mntreamer.domain.recordings.flow import Flow, flow_of
from mntreamer.domain.recordings.recording import Recording, RecordingStatus
from mntreamer.ports import Ports

# More than there ever are at once.
_UNFINISHED = 10_000


def measure_flow(ports: Ports) -> Mapping[str, Flow]:
    """Of each platform, also where nothing is recorded. Costs one query."""
    now, recordings = ports.clock(), unfinished(ports)
    return {name: flow_of((one for one in recordings if one.platform == name), now) for name in ports.platforms}


def unfinished(ports: Ports) -> list[Recording]:
    return ports.recordings.newest([RecordingStatus.RECORDING], _UNFINISHED)
