"""Launchers of exporters with what is on their other side, so that a test sees which were really started."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from demo.waiting import wait_for
from mntreamer.aws.ecs_exporters import EcsExporters
from mntreamer.aws.fargate_task import FargateTask
from mntreamer.ports import ExportLauncher
from mntreamer_local.serving.exporter_children import ExporterChildren
from tests.contract.recorders import CLUSTER, CONTAINER, FAMILY, NoRoom, environments_told, network

if TYPE_CHECKING:
    from mypy_boto3_ecs import ECSClient

WITHIN_S = 30.0
# Says what it was told, and stays while there is a file of that name.
_CHILD = """
import sys, time
from pathlib import Path
folder, key, attempt = sys.argv[1:]
with Path(folder, "started").open("a") as started:
    started.write(f"{key} {attempt}\\n")
while Path(folder, "stay").exists():
    time.sleep(0.01)
"""


class Exporters(Protocol):
    """`broken` is a launcher that cannot start anything."""

    launcher: ExportLauncher
    broken: ExportLauncher

    def started(self, count: int) -> list[tuple[str, int]]:
        """Key and attempt of each one that was started, once there are `count` of them."""
        ...


class ExporterTasks:
    """Exporters as tasks on ECS."""

    def __init__(self, client: "ECSClient") -> None:
        self._client = client
        subnets, groups = network()
        self.launcher = EcsExporters(FargateTask(client, CLUSTER, FAMILY, CONTAINER, subnets, groups))
        self.broken = EcsExporters(FargateTask(client, "no-such-cluster", FAMILY, CONTAINER, subnets, groups))

    def started(self, count: int) -> list[tuple[str, int]]:  # noqa: ARG002 -- ECS knows at once
        told = environments_told(self._client)
        return sorted((environment["EXPORT_KEY"], int(environment["ATTEMPT"])) for environment in told)


class Children:
    """Exporters as child processes. `waiting`: who was said to wait its turn; `unwanted` are not started any more."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.waiting: list[tuple[str, int]] = []
        self.unwanted: set[str] = set()
        self.ended: list[str] = []
        command = [sys.executable, "-c", _CHILD, str(folder)]
        self.launcher = ExporterChildren(command, self._still_waits, self.ended.append, wait_s=0.01)
        self.broken = NoRoom(self.launcher)

    def started(self, count: int) -> list[tuple[str, int]]:
        wait_for("they are started", lambda: len(self._lines()) >= count or None, WITHIN_S)
        return sorted((key, int(attempt)) for key, attempt in self._lines())

    def stay(self) -> None:
        """Those that are started from now on stay."""
        (self._folder / "stay").touch()

    def leave(self) -> None:
        (self._folder / "stay").unlink()

    def _lines(self) -> list[list[str]]:
        said = self._folder / "started"
        return [line.split() for line in said.read_text().splitlines()] if said.exists() else []

    def _still_waits(self, key: str, attempt: int) -> bool:
        self.waiting.append((key, attempt))
        return key not in self.unwanted
