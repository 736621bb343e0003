"""Launchers with what is on their other side, so that a test sees which recorders were really started."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import boto3

from mntreamer.aws.ecs_launcher import EcsLauncher
from mntreamer.ports import RecorderLauncher
from mntreamer_local.process_launcher import ProcessLauncher

if TYPE_CHECKING:
    from mypy_boto3_ecs import ECSClient

CLUSTER, FAMILY, CONTAINER = "recorders", "recorder-family", "recorder"
# A recorder that says what it is to make and then runs until its server ends or it is stopped.
_RECORDER = "import sys; open(sys.argv[1], 'w').write(' '.join(sys.argv[2:]) + '\\n'); sys.stdin.read()"


class Recorders(Protocol):
    """`broken` is a launcher that cannot start anything."""

    launcher: RecorderLauncher
    broken: RecorderLauncher

    def started(self, count: int) -> list[tuple[str, int]]:
        """Recording and generation of each one that was started, once `count` of them have said so; called once."""
        ...


class Tasks:
    """Recorders as tasks on ECS."""

    def __init__(self, client: "ECSClient") -> None:
        self._client = client
        self._create()
        subnets, groups = _network()
        self.launcher = EcsLauncher(client, CLUSTER, FAMILY, CONTAINER, subnets, groups)
        self.broken = EcsLauncher(client, "no-such-cluster", FAMILY, CONTAINER, subnets, groups)

    def started(self, count: int) -> list[tuple[str, int]]:  # noqa: ARG002 -- ECS knows at once
        arns = self._client.list_tasks(cluster=CLUSTER)["taskArns"]
        tasks = self._client.describe_tasks(cluster=CLUSTER, tasks=arns)["tasks"]
        return sorted(_told(task["overrides"]["containerOverrides"]) for task in tasks)

    def _create(self) -> None:
        self._client.create_cluster(clusterName=CLUSTER)
        self._client.register_task_definition(
            family=FAMILY,
            networkMode="awsvpc",
            requiresCompatibilities=["FARGATE"],
            cpu="256",
            memory="512",
            containerDefinitions=[{"name": CONTAINER, "image": "recorder", "cpu": 256, "memory": 512}],
        )


class Children:
    """Recorders as child processes."""

    def __init__(self, folder: Path) -> None:
        pipe = folder / "said"
        os.mkfifo(pipe)
        self._said = os.fdopen(os.open(pipe, os.O_RDWR))
        self._ended: list[tuple[str, int]] = []
        command = [sys.executable, "-c", _RECORDER, str(pipe)]
        self.launcher = ProcessLauncher(command, {}, self._remember)
        self.broken = ProcessLauncher([str(folder / "no-such-command")], {}, self._remember)

    def started(self, count: int) -> list[tuple[str, int]]:
        said = sorted(_parsed(self._said.readline()) for _ in range(count))
        self.close()
        assert said == sorted(self._ended)
        return said

    def close(self) -> None:
        self.launcher.stop()
        self._said.close()

    def _remember(self, recording_id: str, generation: int, _exit_code: int) -> None:
        self._ended.append((recording_id, generation))


def _network() -> tuple[list[str], list[str]]:
    client: Any = boto3.client("ec2", region_name="ap-northeast-2")
    subnets = [subnet["SubnetId"] for subnet in client.describe_subnets()["Subnets"]]
    groups = [group["GroupId"] for group in client.describe_security_groups()["SecurityGroups"]]
    return subnets, groups


def _told(overrides: Any) -> tuple[str, int]:
    [override] = overrides
    assert override["name"] == CONTAINER
    environment = {pair["name"]: pair["value"] for pair in override["environment"]}
    return environment["RECORDING_ID"], int(environment["GENERATION"])


def _parsed(line: str) -> tuple[str, int]:
    recording_id, generation = line.split()
    return recording_id, int(generation)
