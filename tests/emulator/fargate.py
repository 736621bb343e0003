"""What ECS would do with a task that was asked for: run its container, in the environment that it is told."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import boto3

from tests.emulator.emulator import LEASH, Emulator

if TYPE_CHECKING:
    from mypy_boto3_ecs.type_defs import ContainerDefinitionOutputTypeDef, KeyValuePairTypeDef, TaskTypeDef

_IMAGES_OWN_COMMAND = ["mntreamer.aws.recorder"]
_HEALTH_CHECK = "mntreamer.aws.healthy"  # the definition says so; the emulator keeps no health checks
_ENDS_WITHIN_S = 60.0


@dataclass(frozen=True)
class Asked:
    """A task as it was asked for: `module` is run by its container's Python, in `environment`."""

    task: "TaskTypeDef"
    container: "ContainerDefinitionOutputTypeDef"

    @property
    def module(self) -> str:
        return (self.container.get("command") or _IMAGES_OWN_COMMAND)[0]

    @property
    def environment(self) -> dict[str, str]:
        """The definition's, and over it that of the launch."""
        return _plain(self.container["environment"]) | self.launched_with

    @property
    def launched_with(self) -> dict[str, str]:
        overrides = self.task["overrides"]["containerOverrides"]
        own = next(override for override in overrides if override["name"] == self.container["name"])
        return _plain(own["environment"])


def asked_for(cluster: str) -> Iterator[Asked]:
    """The tasks that ECS was asked for and has not ended, each with its container."""
    ecs = boto3.client("ecs")
    arns = ecs.list_tasks(cluster=cluster)["taskArns"]
    for task in ecs.describe_tasks(cluster=cluster, tasks=arns)["tasks"] if arns else []:
        definition = ecs.describe_task_definition(taskDefinition=task["taskDefinitionArn"])["taskDefinition"]
        (container,) = definition["containerDefinitions"]
        yield Asked(task, container)


class Container:
    """A process in place of a container: a temporary folder of its own, and nothing of this machine's settings.

    `outside` is what is around it and in no definition. What it says goes to a log in `folder`.
    """

    def __init__(self, asked: Asked, emulator: Emulator, folder: Path, outside: Mapping[str, str]) -> None:
        self._name = asked.container["name"]
        self._module = asked.module
        self._folder = folder
        self._environment = emulator.environment(folder / self._name) | dict(outside) | asked.environment

    @contextmanager
    def running(self) -> Iterator["subprocess.Popen[bytes]"]:
        """Told to end, at the latest, when the block does."""
        with (self._folder / f"{self._name}.log").open("wb") as said:
            process = subprocess.Popen(  # noqa: S603 -- our own task
                [sys.executable, LEASH, self._module],
                env=self._environment, stdin=subprocess.PIPE, stdout=said, stderr=subprocess.STDOUT,
                start_new_session=True,
            )  # fmt: skip
        try:
            yield process
            process.terminate()
            process.wait(_ENDS_WITHIN_S)
        finally:
            process.communicate()

    def is_healthy(self) -> bool:
        """What ECS would find every minute."""
        command = [sys.executable, "-m", _HEALTH_CHECK]
        return subprocess.run(command, env=self._environment, timeout=30, check=False).returncode == 0  # noqa: S603 -- ours


def _plain(environment: "list[KeyValuePairTypeDef]") -> dict[str, str]:
    return {variable["name"]: variable["value"] for variable in environment}
