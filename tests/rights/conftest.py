"""Every part of the deployment is played once, and what it asked of AWS is kept."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import pytest

from benchmarks.platform_server import platform_server
from tests.rights import api_scenes, checking_scenes, sweeping_scenes, task_scenes, telling_scenes
from tests.rights.asked_of_iam import accesses
from tests.rights.deployment import (
    LOGIN,
    WEBHOOKS,
    deployed,
    environment_of_function,
    environment_of_task,
    roles_of_tasks,
    running,
)
from tests.rights.on_behalf import asked_on_behalf
from tests.rights.policies import Access
from tests.rights.stack import ACCOUNT, REGION, Stack
from tests.rights.witness import Witness, witness

# With everything on that somebody may turn on.
_GIVEN = {
    "RecorderImageUri": f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/mntreamer-recorder:1",
    "ChzzkLoginSecretArn": f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:{LOGIN}",
    "PublicPlayback": "true",
    "UnrefinedDays": "1",
    "WebhooksSecretArn": f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:{WEBHOOKS}",
}
Scene = Callable[[Witness], None]


@dataclass(frozen=True, slots=True)
class Part:
    """A function or a task: the environment that it is given, and what is played."""

    environment: Callable[[Stack, str], Mapping[str, str]]
    name: str
    scene: Scene


PARTS = {
    "CheckMonitorsRole": Part(environment_of_function, "CheckMonitors", checking_scenes.tick),
    "CheckShareRole": Part(environment_of_function, "CheckShare", checking_scenes.share),
    "SettleRecordingRole": Part(environment_of_function, "SettleRecording", checking_scenes.stop),
    "PublishPlaylistRole": Part(environment_of_function, "PublishPlaylist", sweeping_scenes.publish),
    "PurgeRecordingsRole": Part(environment_of_function, "PurgeRecordings", sweeping_scenes.purge),
    "NotifyRole": Part(environment_of_function, "Notify", telling_scenes.tell),
    "ApiRole": Part(environment_of_function, "Api", api_scenes.serve),
    "TaskRole": Part(environment_of_task, "TaskDefinition", task_scenes.record),
    "ExporterRole": Part(environment_of_task, "ExporterTaskDefinition", task_scenes.export),
}


@pytest.fixture(scope="session")
def stack() -> Stack:
    return Stack.expanded("template.yaml", _GIVEN)


@pytest.fixture(scope="session")
def platform() -> Iterator[str]:
    with platform_server(checking_scenes.CHANNELS, latency_s=0.0, live=checking_scenes.LIVE) as server:
        yield server.base_url


@pytest.fixture(scope="session")
def asked(stack: Stack, platform: str) -> dict[str, set[Access]]:
    """What is asked of IAM in each role's name."""
    found = asked_on_behalf(stack)
    for role, part in PARTS.items():
        found.setdefault(role, set()).update(_asked_by(part, stack, platform))
    return found


def _asked_by(part: Part, stack: Stack, platform: str) -> set[Access]:
    with witness() as seen, deployed(stack), running(part.environment(stack, part.name), platform):
        part.scene(seen)
    roles = roles_of_tasks(stack)
    return {access for call in seen.calls for access in accesses(call, roles)}
