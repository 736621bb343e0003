"""Launchers with what is on their other side, so that a test sees which recorders were really started."""

import threading
from queue import Queue
from typing import TYPE_CHECKING, Any, Protocol

import boto3

from mntreamer.aws.ecs_launcher import EcsLauncher
from mntreamer.aws.fargate_task import FargateTask
from mntreamer.domain.reason import Reason
from mntreamer.ports import ExportLauncher, RecorderLauncher
from mntreamer.recorder.ending.ending import Ending
from mntreamer_local.serving.recorder_threads import RecorderThreads

if TYPE_CHECKING:
    from mypy_boto3_ecs import ECSClient

CLUSTER, FAMILY, CONTAINER = "recorders", "recorder-family", "recorder"
_WITHIN_S = 30.0
_MORE_THAN_THERE_IS_BYTES = 1 << 46


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
        self.client = client
        self._create()
        subnets, groups = network()
        self.launcher = EcsLauncher(FargateTask(client, CLUSTER, FAMILY, CONTAINER, subnets, groups))
        self.broken = EcsLauncher(FargateTask(client, "no-such-cluster", FAMILY, CONTAINER, subnets, groups))

    def started(self, count: int) -> list[tuple[str, int]]:  # noqa: ARG002 -- ECS knows at once
        told = environments_told(self.client)
        return sorted((environment["RECORDING_ID"], int(environment["GENERATION"])) for environment in told)

    def _create(self) -> None:
        self.client.create_cluster(clusterName=CLUSTER)
        self.client.register_task_definition(
            family=FAMILY,
            networkMode="awsvpc",
            requiresCompatibilities=["FARGATE"],
            cpu="256",
            memory="512",
            containerDefinitions=[{"name": CONTAINER, "image": "recorder", "cpu": 256, "memory": 512}],
        )


class Threads:
    """Recorders as threads, each of which goes on until it is told to stop. `ended` as the launcher tells it."""

    def __init__(self) -> None:
        self._started: Queue[tuple[str, int]] = Queue()
        self.ended: list[tuple[str, int, str | None]] = []
        self.launcher = RecorderThreads(self._record, self._remember)
        self.broken = NoRoom(self.launcher)

    def started(self, count: int) -> list[tuple[str, int]]:
        started = sorted(self._started.get(timeout=_WITHIN_S) for _ in range(count))
        assert self.close() == []
        assert self._started.empty()
        assert sorted(self.ended) == [(recording_id, generation, None) for recording_id, generation in started]
        return started

    def close(self) -> list[str]:
        self.launcher.finish()
        return self.launcher.wait(_WITHIN_S)

    def _record(self, recording_id: str, generation: int, stop: threading.Event) -> Ending:
        self._started.put((recording_id, generation))
        stop.wait()
        return Ending.STOPPED

    def _remember(self, recording_id: str, generation: int, problem: Reason | None) -> None:
        self.ended.append((recording_id, generation, problem))


class NoRoom:
    """A launcher on a machine that has no room for another thread."""

    def __init__(self, launcher: RecorderLauncher | ExportLauncher) -> None:
        self._launcher: Any = launcher

    def launch(self, *launched: Any, **by_name: Any) -> None:
        before = threading.stack_size(_MORE_THAN_THERE_IS_BYTES)
        try:
            self._launcher.launch(*launched, **by_name)
        finally:
            threading.stack_size(before)


def network() -> tuple[list[str], list[str]]:
    client: Any = boto3.client("ec2", region_name="ap-northeast-2")
    subnets = [subnet["SubnetId"] for subnet in client.describe_subnets()["Subnets"]]
    groups = [group["GroupId"] for group in client.describe_security_groups()["SecurityGroups"]]
    return subnets, groups


def environments_told(client: "ECSClient") -> list[dict[str, str]]:
    """What each task that was started is told."""
    arns = client.list_tasks(cluster=CLUSTER)["taskArns"]
    tasks = client.describe_tasks(cluster=CLUSTER, tasks=arns)["tasks"]
    return [_told(task["overrides"]["containerOverrides"]) for task in tasks]


def _told(overrides: Any) -> dict[str, str]:
    [override] = overrides
    assert override["name"] == CONTAINER
    return {pair["name"]: pair["value"] for pair in override["environment"]}
