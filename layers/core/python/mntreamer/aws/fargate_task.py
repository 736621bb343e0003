"""What is run on ECS: Fargate tasks of one definition, each told by its environment what to do."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from mntreamer.domain.errors import LaunchFailed

if TYPE_CHECKING:
    from mypy_boto3_ecs import ECSClient
    from mypy_boto3_ecs.type_defs import FailureTypeDef, NetworkConfigurationTypeDef


class FargateTask:
    """Runs `task_definition` in `cluster`; what to do is in the environment of its `container`.

    `subnets` are public ones: a task has a public address instead of a NAT gateway.
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

    def run(self, environment: Mapping[str, str], tags: Mapping[str, str]) -> None:
        """Start a task, once for each environment, however often it is asked for. Raises LaunchFailed."""
        try:
            failures = self._run(environment, tags)
        except self._client.exceptions.ConflictException as conflict:
            if not _names_a_task(conflict):
                raise LaunchFailed(f"RunTask failed: {conflict}") from conflict
        except (ClientError, BotoCoreError) as error:
            raise LaunchFailed(f"RunTask failed: {error}") from error
        else:
            _check(failures)

    def _run(self, environment: Mapping[str, str], tags: Mapping[str, str]) -> "Sequence[FailureTypeDef]":
        told = [{"name": name, "value": value} for name, value in environment.items()]
        overrides: Any = {"containerOverrides": [{"name": self._container, "environment": told}]}
        answer = self._client.run_task(
            cluster=self._cluster,
            taskDefinition=self._task_definition,
            launchType="FARGATE",
            networkConfiguration=self._network,
            overrides=overrides,
            clientToken=client_token(environment),
            startedBy="mntreamer",
            propagateTags="TASK_DEFINITION",
            tags=[{"key": name, "value": value} for name, value in tags.items()],
        )
        return answer["failures"]


def client_token(environment: Mapping[str, str]) -> str:
    """What makes RunTask idempotent: at most 64 characters, the same for each repetition."""
    return hashlib.sha256("#".join(environment.values()).encode()).hexdigest()


def _names_a_task(conflict: ClientError) -> bool:
    """Whether this task is there already, started with other parameters: by an earlier deployment."""
    response: dict[str, Any] = {**conflict.response}
    return bool(response.get("resourceIds"))


def _check(failures: "Sequence[FailureTypeDef]") -> None:
    if failures:
        reasons = ", ".join(failure.get("reason", "no reason given") for failure in failures)
        raise LaunchFailed(f"no task was started: {reasons}")
