"""What is run on ECS: Fargate tasks of one definition, each told by its environment what to do."""

import hashlib
import logging
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import BotoCoreError, ClientError

from mntreamer.domain.errors import LaunchFailed

if TYPE_CHECKING:
    from mypy_boto3_ecs import ECSClient
    from mypy_boto3_ecs.type_defs import FailureTypeDef, NetworkConfigurationTypeDef

ON_DEMAND: Final = "FARGATE"
_SERVER_ERRORS = 500
_logger = logging.getLogger(__name__)


class FargateTask:
    """Runs `task_definition` in `cluster`; what to do is in the environment of its `container`.

    `subnets` are public ones: a task has a public address instead of a NAT gateway. `capacity_providers` are asked in
    their order: FARGATE_SPOT costs less, may have no room, and may take a task back with two minutes' notice.
    """

    def __init__(
        self,
        client: "ECSClient",
        cluster: str,
        task_definition: str,
        container: str,
        subnets: Sequence[str],
        security_groups: Sequence[str],
        *,
        capacity_providers: Sequence[str] = (ON_DEMAND,),
    ) -> None:
        self._client = client
        self._cluster = cluster
        self._task_definition = task_definition
        self._container = container
        self._capacity_providers = capacity_providers
        self._network: NetworkConfigurationTypeDef = {
            "awsvpcConfiguration": {
                "subnets": list(subnets),
                "securityGroups": list(security_groups),
                "assignPublicIp": "ENABLED",
            }
        }

    def run(self, environment: Mapping[str, str], tags: Mapping[str, str]) -> None:
        """Start a task, once for each environment, however often it is asked for. Raises LaunchFailed.

        Where one capacity provider refuses, the next one is asked. After a call that may have started a task unseen
        none is: there would be two.
        """
        refusals: list[str] = []
        for provider in self._capacity_providers:
            refusal = self._refusal(provider, environment, tags)
            if refusal is None:
                return
            _logger.warning("no task on %s: %s", provider, refusal)
            refusals.append(f"{provider}: {refusal}")
        raise LaunchFailed(f"no task was started: {'; '.join(refusals)}")

    def _refusal(self, provider: str, environment: Mapping[str, str], tags: Mapping[str, str]) -> str | None:
        """Why no task was started; None where there is one."""
        try:
            failures = self._run(provider, environment, tags)
        except ClientError as error:
            if _names_a_task(error):
                return None
            if _may_have_started(error):
                raise LaunchFailed(f"RunTask failed: {error}") from error
            return str(error)
        except BotoCoreError as error:
            raise LaunchFailed(f"RunTask failed: {error}") from error
        return ", ".join(failure.get("reason", "no reason given") for failure in failures) or None

    def _run(
        self, provider: str, environment: Mapping[str, str], tags: Mapping[str, str]
    ) -> "Sequence[FailureTypeDef]":
        told = [{"name": name, "value": value} for name, value in environment.items()]
        overrides: Any = {"containerOverrides": [{"name": self._container, "environment": told}]}
        answer = self._client.run_task(
            cluster=self._cluster,
            taskDefinition=self._task_definition,
            networkConfiguration=self._network,
            overrides=overrides,
            clientToken=client_token(environment, provider),
            startedBy="mntreamer",
            propagateTags="TASK_DEFINITION",
            tags=[{"key": name, "value": value} for name, value in tags.items()],
            **_capacity(provider),
        )
        return answer["failures"]


def client_token(environment: Mapping[str, str], provider: str) -> str:
    """What makes RunTask idempotent: at most 64 characters, the same for each repetition.

    One for each capacity provider: ECS remembers a token with what it was used for.
    """
    return hashlib.sha256("#".join([*environment.values(), provider]).encode()).hexdigest()


def _capacity(provider: str) -> Any:
    """On demand needs no provider that the cluster is told of."""
    if provider == ON_DEMAND:
        return {"launchType": ON_DEMAND}
    return {"capacityProviderStrategy": [{"capacityProvider": provider, "weight": 1}]}


def _names_a_task(error: ClientError) -> bool:
    """Whether this task is there already, started with other parameters: by an earlier deployment."""
    response: dict[str, Any] = {**error.response}
    return response["Error"]["Code"] == "ConflictException" and bool(response.get("resourceIds"))


def _may_have_started(error: ClientError) -> bool:
    """Whether a task may run unseen: boto3 tells of the last of its tries, and one before it may have broken off."""
    answer = error.response["ResponseMetadata"]
    return answer["HTTPStatusCode"] >= _SERVER_ERRORS or answer.get("RetryAttempts", 0) > 0
