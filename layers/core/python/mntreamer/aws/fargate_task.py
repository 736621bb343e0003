"""What is run on ECS: Fargate tasks of one definition, each told by its environment what to do."""

import hashlib
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import BotoCoreError, ClientError

from mntreamer.domain.errors import LaunchFailed

if TYPE_CHECKING:
    from mypy_boto3_ecs import ECSClient
    from mypy_boto3_ecs.type_defs import FailureTypeDef

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
        self._subnets = list(subnets)
        self._security_groups = list(security_groups)

    def run(self, environment: Mapping[str, str], tags: Mapping[str, str], turn: int | None = None) -> None:
        """Start a task, once for each environment, however often it is asked for. Raises LaunchFailed.

        Where one capacity provider refuses, the next one is asked. After a call that may have started a task unseen
        none is: there would be two. With a `turn` it is to be in the subnet whose turn it is, and in any only where
        there is no room; two with consecutive turns are in different ones.
        """
        refusals: list[str] = []
        for provider, subnets in product(self._capacity_providers, self._places(turn)):
            refusal = self._refusal(_Place(provider, subnets), environment, tags)
            if refusal is None:
                return
            _logger.warning("no task on %s in %s: %s", provider, ", ".join(subnets), refusal)
            refusals.append(f"{provider}: {refusal}")
        raise LaunchFailed(f"no task was started: {'; '.join(refusals)}")

    def _places(self, turn: int | None) -> list[list[str]]:
        """Subnets, in the order in which they are tried."""
        if turn is None or len(self._subnets) == 1:
            return [self._subnets]
        return [[self._subnets[turn % len(self._subnets)]], self._subnets]

    def _refusal(self, place: "_Place", environment: Mapping[str, str], tags: Mapping[str, str]) -> str | None:
        """Why no task was started; None where there is one."""
        try:
            failures = self._run(place, environment, tags)
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
        self, place: "_Place", environment: Mapping[str, str], tags: Mapping[str, str]
    ) -> "Sequence[FailureTypeDef]":
        told = [{"name": name, "value": value} for name, value in environment.items()]
        overrides: Any = {"containerOverrides": [{"name": self._container, "environment": told}]}
        answer = self._client.run_task(
            cluster=self._cluster,
            taskDefinition=self._task_definition,
            networkConfiguration={
                "awsvpcConfiguration": {
                    "subnets": place.subnets,
                    "securityGroups": self._security_groups,
                    "assignPublicIp": "ENABLED",
                }
            },
            overrides=overrides,
            clientToken=client_token(environment, f"{place.provider} {','.join(place.subnets)}"),
            startedBy="mntreamer",
            propagateTags="TASK_DEFINITION",
            tags=[{"key": name, "value": value} for name, value in tags.items()],
            **_capacity(place.provider),
        )
        return answer["failures"]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a task is to run."""

    provider: str
    subnets: list[str]


def client_token(environment: Mapping[str, str], place: str) -> str:
    """What makes RunTask idempotent: at most 64 characters, the same for each repetition.

    One for each place that is asked: ECS remembers a token with what it was used for.
    """
    return hashlib.sha256("#".join([*environment.values(), place]).encode()).hexdigest()


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
