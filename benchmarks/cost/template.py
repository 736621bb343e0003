"""What the templates deploy that costs by being there."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cfnlint.decode.cfn_yaml import load  # type: ignore[import-untyped]

_ROOT = Path(__file__).parents[2]
_MIB_PER_GB = 1024


@dataclass(frozen=True, slots=True)
class Template:
    """Functions, `traced` ones and others, by their folders below `functions/`. `queues`: those that Lambda polls.

    `posted_again`: how often what a webhook did not take is tried once more.
    """

    memory_gb: Mapping[str, float]
    traced: frozenset[str]
    alarms: int
    dashboards: int
    secrets: int
    queues: int
    posted_again: int
    recorder_vcpus: float
    recorder_gb: float


def read_template() -> Template:
    files = [load(str(path)) for path in [_ROOT / "template.yaml", *sorted((_ROOT / "infra").glob("*.yaml"))]]
    resources = {name: body for file in files for name, body in file["Resources"].items()}
    kinds = Counter(body["Type"] for body in resources.values())
    defaults: Mapping[str, Any] = files[0]["Globals"]["Function"]
    task = resources["TaskDefinition"]["Properties"]
    return Template(
        memory_gb=_memory_gb(resources, defaults["MemorySize"]),
        traced=_traced(resources, defaults),
        alarms=kinds["AWS::CloudWatch::Alarm"] + kinds["AWS::CloudWatch::CompositeAlarm"],
        dashboards=kinds["AWS::CloudWatch::Dashboard"],
        secrets=kinds["AWS::SecretsManager::Secret"],
        queues=sum(
            event["Type"] == "SQS" for one in _functions(resources) for event in one.get("Events", {}).values()
        ),
        posted_again=resources["Notify"]["Properties"]["EventInvokeConfig"]["MaximumRetryAttempts"],
        recorder_vcpus=int(task["Cpu"]) / _MIB_PER_GB,
        recorder_gb=int(task["Memory"]) / _MIB_PER_GB,
    )


def _memory_gb(resources: Mapping[str, Any], default: int) -> dict[str, float]:
    sizes = {_folder(one): int(one.get("MemorySize", default)) for one in _functions(resources)}
    return {name: mib / _MIB_PER_GB for name, mib in sizes.items()}


def _traced(resources: Mapping[str, Any], defaults: Mapping[str, Any]) -> frozenset[str]:
    functions = _functions(resources)
    return frozenset(_folder(one) for one in functions if one.get("Tracing", defaults.get("Tracing")) == "Active")


def _folder(function: Mapping[str, Any]) -> str:
    return Path(function["CodeUri"]).name


def _functions(resources: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [body["Properties"] for body in resources.values() if body["Type"] == "AWS::Serverless::Function"]
