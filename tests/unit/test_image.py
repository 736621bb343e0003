"""What no build says of the tasks' image: that it can run what ECS is told to run, with what it leaves out."""

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from cfnlint.decode.cfn_yaml import load  # type: ignore[import-untyped]

from mntreamer.aws import composition

ROOT = Path(__file__).parents[2]
DOCKERFILE = (ROOT / "infra/recorder/Dockerfile").read_text()
RESOURCES: dict[str, Any] = load(str(ROOT / "infra/recorder.yaml"))["Resources"]
TASKS = [name for name, body in RESOURCES.items() if body["Type"] == "AWS::ECS::TaskDefinition"]
RECORDER, EXPORTER = (RESOURCES[name]["Properties"] for name in ("TaskDefinition", "ExporterTaskDefinition"))


def container(task: dict[str, Any]) -> dict[str, Any]:
    [only] = task["ContainerDefinitions"]
    return dict(only)


def instruction(name: str) -> str:
    [found] = re.findall(rf"^{name} (.*)$", DOCKERFILE, re.MULTILINE)
    return str(found)


def test_each_task_runs_a_module_that_is_there() -> None:
    assert instruction("ENTRYPOINT") == '["/usr/bin/python3.13", "-m"]'
    assert instruction("CMD") == '["mntreamer.aws.recorder"]'
    assert "Command" not in container(RECORDER)
    assert container(EXPORTER)["Command"] == ["mntreamer.aws.exporter"]
    for module in ("mntreamer.aws.recorder", "mntreamer.aws.exporter"):
        assert importlib.util.find_spec(module)


def test_ecs_asks_the_recorder_for_its_progress_without_a_shell() -> None:
    kind, *command = container(RECORDER)["HealthCheck"]["Command"]
    assert (kind, command) == ("CMD", ["/usr/bin/python3.13", "-m", "mntreamer.aws.healthy"])
    assert importlib.util.find_spec("mntreamer.aws.healthy")


@pytest.mark.parametrize("name", TASKS)
def test_a_task_is_nobody_and_writes_to_one_volume_only(name: str) -> None:
    task = RESOURCES[name]["Properties"]
    told = container(task)
    assert told["User"] == instruction("USER") == "10001:10001"
    assert told["ReadonlyRootFilesystem"] is True
    assert told["LinuxParameters"] == {"Capabilities": {"Drop": ["ALL"]}}
    assert told["MountPoints"] == [{"SourceVolume": "tmp", "ContainerPath": instruction("VOLUME")}]
    assert task["Volumes"] == [{"Name": "tmp"}]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Iterator[set[str]]:
    """The services of AWS that clients are made of."""
    services: set[str] = set()
    monkeypatch.setattr(boto3, "client", lambda service, **_: services.add(service))
    for name in ("MONITORS_TABLE", "RECORDINGS_TABLE", "STATE_TABLE", "MEDIA_BUCKET", "CHZZK_LOGIN_SECRET"):
        monkeypatch.setenv(name, name)
    monkeypatch.setenv("MONITOR_SHARDS", "4")
    composed = (composition.serving_ports, composition.media_store)
    for ports in composed:
        ports.cache_clear()
    yield services
    for ports in composed:
        ports.cache_clear()


def test_the_services_that_a_task_uses_are_kept_and_no_others(opened: set[str]) -> None:
    composition.serving_ports()
    composition.media_store()
    assert set(re.findall(r"! -name ([a-z0-9]+)", DOCKERFILE)) == opened
