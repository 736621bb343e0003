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
    """`memory_gb` by a function's folder below `functions/`. `queues`: those that Lambda polls."""

    memory_gb: Mapping[str, float]
    is_traced: bool
    alarms: int
    dashboards: int
    secrets: int
    queues: int
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
        is_traced=defaults.get("Tracing") == "Active",
        alarms=kinds["AWS::CloudWatch::Alarm"] + kinds["AWS::CloudWatch::CompositeAlarm"],
        dashboards=kinds["AWS::CloudWatch::Dashboard"],
        secrets=kinds["AWS::SecretsManager::Secret"],
        queues=sum(
            event["Type"] == "SQS" for one in _functions(resources) for event in one.get("Events", {}).values()
        ),
        recorder_vcpus=int(task["Cpu"]) / _MIB_PER_GB,
        recorder_gb=int(task["Memory"]) / _MIB_PER_GB,
    )


def _memory_gb(resources: Mapping[str, Any], default: int) -> dict[str, float]:
    sizes = {Path(one["CodeUri"]).name: int(one.get("MemorySize", default)) for one in _functions(resources)}
    return {name: mib / _MIB_PER_GB for name, mib in sizes.items()}


def _functions(resources: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [body["Properties"] for body in resources.values() if body["Type"] == "AWS::Serverless::Function"]
