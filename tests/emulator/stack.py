"""What `sam deploy` makes of the built template, and where everything of it is."""

import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import boto3

from demo.failures import DidNotHappen
from tests.emulator.emulator import ROOT, Emulator

NAME: Final = "mntreamer"
_SAM = ROOT / ".venv-sam/bin/sam"
_TEMPLATE = str(ROOT / ".aws-sam/emulator/template.yaml")
_CONFIG = str(ROOT / "samconfig.toml")
_DEPLOYED_WITHIN_S = 90.0


class Stack:
    """The stack of the built template. `folder` gets what SAM says."""

    def __init__(self, emulator: Emulator, folder: Path) -> None:
        self._emulator = emulator
        self._folder = folder
        self._cloudformation = boto3.client("cloudformation")

    def deploy(self, parameters: Mapping[str, str]) -> None:
        """As `make deploy` does, once the image is there. Raises DidNotHappen if SAM fails, with what was refused."""
        given = [f"{name}={value}" for name, value in parameters.items()]
        options = ["--template-file", _TEMPLATE, "--config-file", _CONFIG, "--no-confirm-changeset"]
        with (self._folder / "sam.log").open("ab") as said:
            ended = subprocess.run(  # noqa: S603 -- the SAM command that we installed
                [_SAM, "deploy", *options, "--parameter-overrides", *given],
                env=self._emulator.environment(self._folder / "sam") | {"SAM_CLI_TELEMETRY": "0"},
                cwd=ROOT, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT,
                timeout=_DEPLOYED_WITHIN_S, check=False,
            )  # fmt: skip
        if ended.returncode:
            raise DidNotHappen(f"sam deploy ended with {ended.returncode}; {self._refusals()}")

    def delete(self) -> None:
        """As `sam delete` does, which itself takes no S3 address but Amazon's. Raises WaiterError if it fails."""
        self._cloudformation.delete_stack(StackName=NAME)
        self._cloudformation.get_waiter("stack_delete_complete").wait(StackName=NAME, WaiterConfig={"Delay": 1})

    def outputs(self, name: str = NAME) -> dict[str, str]:
        stack = self._cloudformation.describe_stacks(StackName=name)["Stacks"][0]
        return {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}

    def parameters(self) -> dict[str, str]:
        stack = self._cloudformation.describe_stacks(StackName=NAME)["Stacks"][0]
        return {parameter["ParameterKey"]: parameter["ParameterValue"] for parameter in stack["Parameters"]}

    def statuses(self) -> dict[str, str]:
        """Of every stack that is there, the nested ones included, by name."""
        stacks = self._cloudformation.describe_stacks()["Stacks"]
        return {stack["StackName"]: stack["StackStatus"] for stack in stacks}

    def resource(self, logical_id: str) -> str:
        """The physical id: a name, an ARN, or a queue's URL."""
        found = self._cloudformation.describe_stack_resource(StackName=NAME, LogicalResourceId=logical_id)
        physical_id: str = found["StackResourceDetail"]["PhysicalResourceId"]
        return physical_id

    def _refusals(self) -> str:
        """Why resources were not made, which is far up in SAM's log."""
        if NAME not in self.statuses():
            return "there is no stack"
        events = self._cloudformation.describe_stack_events(StackName=NAME)["StackEvents"]
        refused = [event for event in events if event["ResourceStatus"].endswith("_FAILED")]
        return "; ".join(f"{event['LogicalResourceId']}: {event['ResourceStatusReason']}" for event in refused)
