"""`infra/remove`, with commands that stand in for AWS and SAM and write down what they are told."""

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STAND_IN = r"""#!/bin/sh
said="$(basename "$0") $*"
echo "$said" >> "$TOLD"
case "$said" in
    "aws cloudformation "*CheckMonitors*) echo "$FUNCTIONS" ;;
    "aws cloudformation "*"'Recorder'"*) echo "$RECORDER" ;;
    "aws cloudformation "*"stack-name $RECORDER "*"'Cluster'"*) echo the-cluster ;;
    "aws ecs list-tasks "*)
        waits=$(grep -c "^aws ecs wait" "$TOLD")
        if [ "$waits" -lt 1 ]; then echo "first second"; elif [ "$waits" -lt 3 ]; then echo late; fi ;;
    "aws ecs stop-task "*) [ "$STOPPING" = works ] ;;
esac
"""


class Removal:
    """What was told to whom, in this order. The stack runs two tasks, and a third one that a last tick starts."""

    def __init__(self, folder: Path) -> None:
        self._told = folder / "told"
        self._path = folder / "bin"
        self._path.mkdir()
        for command in ("aws", "sam"):
            (self._path / command).write_text(STAND_IN)
            (self._path / command).chmod(0o755)

    def run(self, *arguments: str, **settings: str) -> int:
        stands = {"FUNCTIONS": "tick api", "RECORDER": "the-recorder", "STOPPING": "works", "TOLD": str(self._told)}
        environment = {"PATH": f"{self._path}{os.pathsep}{os.environ['PATH']}", **stands, **settings}
        command = [str(ROOT / "infra/remove"), *arguments]
        return subprocess.run(command, env=environment, cwd=self._path, check=False, timeout=30).returncode  # noqa: S603

    @property
    def told(self) -> list[str]:
        return self._told.read_text().splitlines()

    def places(self, begin: str) -> list[int]:
        """Where in the order such commands are."""
        return [place for place, line in enumerate(self.told) if line.startswith(begin)]


@pytest.fixture
def removal(tmp_path: Path) -> Removal:
    return Removal(tmp_path)


def test_nothing_is_started_any_more_before_what_runs_is_stopped(removal: Removal) -> None:
    assert removal.run() == 0
    held = removal.places("aws lambda put-function-concurrency")
    assert len(held) == 2
    assert all("--reserved-concurrent-executions 0" in removal.told[place] for place in held)
    assert max(held) < min(removal.places("aws ecs stop-task"))


def test_the_stack_is_deleted_once_every_task_has_left_also_one_that_came_late(removal: Removal) -> None:
    assert removal.run("--no-prompts", REGION="us-east-1", STACK="other") == 0
    stopped = [removal.told[place].split()[-7] for place in removal.places("aws ecs wait tasks-stopped")]
    assert len(stopped) == 3
    [deleted] = removal.places("sam delete")
    assert max(removal.places("aws ecs")) < deleted
    assert removal.told[deleted] == "sam delete --region us-east-1 --stack-name other --no-prompts"
    assert all("--region us-east-1" in line for line in removal.told)


def test_a_task_that_cannot_be_stopped_keeps_the_stack(removal: Removal) -> None:
    assert removal.run(STOPPING="fails") != 0
    assert not removal.places("sam")


def test_what_a_deletion_that_broke_off_left_is_deleted(removal: Removal) -> None:
    assert removal.run(FUNCTIONS="", RECORDER="") == 0
    assert not removal.places("aws ecs")
    assert removal.places("sam delete")
