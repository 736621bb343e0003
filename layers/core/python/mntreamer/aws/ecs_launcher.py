"""The port `RecorderLauncher` on ECS: each recorder is a Fargate task of its own."""

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from mntreamer.domain.errors import LaunchFailed

if TYPE_CHECKING:
    from mypy_boto3_ecs import ECSClient
    from mypy_boto3_ecs.type_defs import (
        FailureTypeDef,
        KeyValuePairTypeDef,
        NetworkConfigurationTypeDef,
        TaskOverrideTypeDef,
    )


class EcsLauncher:
    """Runs `task_definition` in `cluster`; what to record is in the environment of its `container`.

    `subnets` are public ones: the recorder reads the internet and has a public address instead of a NAT gateway.
    """

    def __init__(
        self,
        client: "ECSClient",
        cluster: str,
        task_definition: str,
        container: str,
        subnets: Sequence[str],
        security_groups: Sequence[str],
    ) -> None:
        self._client = client
        self._cluster = cluster
        self._task_definition = task_definition
        self._container = container
        self._network: NetworkConfigurationTypeDef = {
            "awsvpcConfiguration": {
                "subnets": list(subnets),
                "securityGroups": list(security_groups),
                "assignPublicIp": "ENABLED",
            }
        }

    def launch(self, recording_id: str, generation: int) -> None:
        try:
            failures = self._run(recording_id, generation)
        except self._client.exceptions.ConflictException as conflict:
            if not _names_a_task(conflict):
                raise LaunchFailed(f"RunTask failed: {conflict}") from conflict
        except (ClientError, BotoCoreError) as error:
            raise LaunchFailed(f"RunTask failed: {error}") from error
        else:
            _check(failures)

    def _run(self, recording_id: str, generation: int) -> "Sequence[FailureTypeDef]":
        answer = self._client.run_task(
            cluster=self._cluster,
            taskDefinition=self._task_definition,
            launchType="FARGATE",
            networkConfiguration=self._network,
            overrides=self._overrides(recording_id, generation),
            clientToken=client_token(recording_id, generation),
            startedBy="mntreamer",
            propagateTags="TASK_DEFINITION",
            tags=[
                {"key": "recording", "value": recording_id},
                {"key": "generation", "value": str(generation)},
            ],
        )
        return answer["failures"]

    def _overrides(self, recording_id: str, generation: int) -> "TaskOverrideTypeDef":
        environment: list[KeyValuePairTypeDef] = [
            {"name": "RECORDING_ID", "value": recording_id},
            {"name": "GENERATION", "value": str(generation)},
        ]
        return {"containerOverrides": [{"name": self._container, "environment": environment}]}


def client_token(recording_id: str, generation: int) -> str:
    """What makes RunTask idempotent: at most 64 characters, the same for each repetition of a launch."""
    return hashlib.sha256(f"{recording_id}#{generation}".encode()).hexdigest()


def _names_a_task(conflict: ClientError) -> bool:
    """Whether this generation's task is there already, started with other parameters: by an earlier deployment."""
    response: dict[str, Any] = {**conflict.response}
    return bool(response.get("resourceIds"))


def _check(failures: "Sequence[FailureTypeDef]") -> None:
    if failures:
        reasons = ", ".join(failure.get("reason", "no reason given") for failure in failures)
        raise LaunchFailed(f"no task was started: {reasons}")
