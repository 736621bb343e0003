"""What AWS may answer and moto never does: conflicts in flight, overload, no capacity."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import boto3
import pytest
from botocore.exceptions import ClientError
from botocore.stub import Stubber

from mntreamer.aws.clients import CONFIG, S3_CONFIG
from mntreamer.aws.dynamodb_recordings import DynamoRecordings
from mntreamer.aws.ecs_launcher import EcsLauncher
from mntreamer.aws.fargate_task import FargateTask, client_token
from mntreamer.aws.s3_media_store import S3MediaStore
from mntreamer.aws.secret_token import SecretToken
from mntreamer.clock import utc_now
from mntreamer.domain.errors import LaunchFailed, SettingMissing, StoreConflict
from tests.contract.records import a_recording

KEY = "media/chzzk/한글.1f0a9c3e/2026/11/22/1/source.m3u8"


def client_of(service: Any, config: Any = CONFIG) -> Any:
    return boto3.client(
        service,
        region_name="ap-northeast-2",
        config=config,
        aws_access_key_id="AKIAEXAMPLE",
        aws_secret_access_key="made up",
    )


class Answers:
    """A client that answers what it was told, in this order, and a check that it was asked for all of it."""

    def __init__(self, service: str, config: Any = CONFIG) -> None:
        self.client = client_of(service, config)
        self._stubber = Stubber(self.client)
        self._stubber.activate()

    def give(self, operation: str, answer: dict[str, Any]) -> None:
        self._stubber.add_response(operation, answer)

    def refuse(self, operation: str, code: str, status: int = 400, **fields: Any) -> None:
        self._stubber.add_client_error(
            operation, code, http_status_code=status, modeled_fields=fields, response_meta={}
        )

    def refuse_at_last(self, operation: str, code: str, retries: int) -> None:
        """As boto3 tells of a refusal that it came to after so many repetitions."""
        self._stubber.add_client_error(
            operation, code, http_status_code=400, response_meta={"RetryAttempts": retries}
        )

    def asked(self, operation: str) -> list[dict[str, Any]]:
        """What is asked of it from now on; it grows."""
        requests: list[dict[str, Any]] = []
        event = f"before-parameter-build.{self.client.meta.service_model.service_name}.{operation}"
        self.client.meta.events.register(event, lambda params, **_: requests.append(dict(params)))
        return requests

    def check(self) -> None:
        self._stubber.assert_no_pending_responses()


@pytest.fixture
def s3_answers() -> Iterator[Answers]:
    answers = Answers("s3", S3_CONFIG)
    yield answers
    answers.check()


@pytest.fixture
def dynamodb_answers() -> Iterator[Answers]:
    answers = Answers("dynamodb")
    yield answers
    answers.check()


@pytest.fixture
def ecs_answers() -> Iterator[Answers]:
    answers = Answers("ecs")
    yield answers
    answers.check()


class TestS3:
    def put_new(self, answers: Answers) -> bool:
        return S3MediaStore(answers.client, "bucket").put_new(KEY, b"", "video/mp2t", {})

    def put(self, answers: Answers) -> str:
        return S3MediaStore(answers.client, "bucket").put(KEY, b"", "text/plain", '"read"')

    def test_an_upload_that_met_another_is_repeated(self, s3_answers: Answers) -> None:
        s3_answers.refuse("put_object", "ConditionalRequestConflict", 409)
        s3_answers.give("put_object", {"ETag": '"e"'})
        assert self.put_new(s3_answers) is True
        s3_answers.refuse("put_object", "ConditionalRequestConflict", 409)
        s3_answers.refuse("put_object", "PreconditionFailed", 412)
        assert self.put_new(s3_answers) is False

    def test_an_upload_that_always_meets_another_gives_up(self, s3_answers: Answers) -> None:
        for _ in range(5):
            s3_answers.refuse("put_object", "ConditionalRequestConflict", 409)
        with pytest.raises(StoreConflict):
            self.put_new(s3_answers)

    @pytest.mark.parametrize("code", ["PreconditionFailed", "ConditionalRequestConflict", "NoSuchKey"])
    def test_a_version_that_is_no_longer_there_is_a_conflict(self, s3_answers: Answers, code: str) -> None:
        s3_answers.refuse("put_object", code, 409)
        with pytest.raises(StoreConflict):
            self.put(s3_answers)

    @pytest.mark.parametrize("code", ["AccessDenied", "NoSuchBucket"])
    def test_everything_else_is_raised(self, s3_answers: Answers, code: str) -> None:
        store = S3MediaStore(s3_answers.client, "bucket")
        calls: list[tuple[str, Callable[[], object]]] = [
            ("put_object", lambda: self.put(s3_answers)),
            ("put_object", lambda: self.put_new(s3_answers)),
            ("get_object", lambda: store.get(KEY)),
            ("head_object", lambda: store.version(KEY)),
        ]
        for operation, call in calls:
            s3_answers.refuse(operation, code, 403)
            with pytest.raises(ClientError, match=code):
                call()

    def test_a_link_leads_to_the_buckets_own_host(self) -> None:
        store = S3MediaStore(client_of("s3", S3_CONFIG), "bucket")
        link = urlsplit(store.link(KEY, 600))
        assert (link.scheme, link.netloc) == ("https", "bucket.s3.ap-northeast-2.amazonaws.com")
        assert "X-Amz-Expires=600" in link.query
        assert store.public_url(KEY) == link._replace(query="").geturl()


class TestDynamoDb:
    def open(self, answers: Answers, *codes: str) -> object:
        reasons = [{"Code": code} for code in codes]
        answers.refuse("transact_write_items", "TransactionCanceledException", CancellationReasons=reasons)
        return DynamoRecordings(answers.client, "recordings").open(a_recording(), date(2026, 11, 22))

    @pytest.mark.parametrize(
        "codes",
        [("ConditionalCheckFailed", "None"), ("None", "TransactionConflict"), ("TransactionConflict",) * 2],
    )
    def test_who_came_second_opens_nothing(self, dynamodb_answers: Answers, codes: tuple[str, ...]) -> None:
        assert self.open(dynamodb_answers, *codes) is None

    @pytest.mark.parametrize("codes", [("ThrottlingError", "None"), ("ConditionalCheckFailed", "ValidationError")])
    def test_overload_and_mistakes_are_raised(self, dynamodb_answers: Answers, codes: tuple[str, ...]) -> None:
        with pytest.raises(ClientError, match="TransactionCanceledException"):
            self.open(dynamodb_answers, *codes)


SPOT_FIRST = ("FARGATE_SPOT", "FARGATE")
NO_ROOM = {"tasks": [], "failures": [{"reason": "Capacity is unavailable at this time"}]}
SUBNETS = ("subnet-1", "subnet-2", "subnet-3")
STARTED: dict[str, Any] = {"tasks": [{"taskArn": "arn:aws:ecs:ap-northeast-2:1:task/t"}], "failures": []}


class TestEcs:
    def launch(
        self,
        answers: Answers,
        providers: Sequence[str] = ("FARGATE",),
        subnets: Sequence[str] = ("subnet-1",),
        generation: int = 2,
    ) -> None:
        task = FargateTask(
            answers.client, "cluster", "recorder", "recorder", subnets, ["sg-1"], capacity_providers=providers
        )
        EcsLauncher(task).launch("chzzk:c1:1001", generation)

    @pytest.mark.parametrize("subnets", [SUBNETS[:2], SUBNETS])
    def test_a_holder_and_its_standby_are_in_different_subnets(
        self, ecs_answers: Answers, subnets: Sequence[str]
    ) -> None:
        asked = ecs_answers.asked("RunTask")
        for generation in (1, 2, 5, 8):
            ecs_answers.give("run_task", STARTED)
            self.launch(ecs_answers, subnets=subnets, generation=generation)
        [odd, even, other_odd, other_even] = [subnets_of(request) for request in asked]
        assert (odd, even) == (other_odd, other_even)
        assert odd != even
        assert (len(odd), len(even)) == (1, 1)

    def test_where_its_subnet_has_no_room_any_will_do_before_another_provider_is_asked(
        self, ecs_answers: Answers
    ) -> None:
        asked = ecs_answers.asked("RunTask")
        ecs_answers.give("run_task", NO_ROOM)
        ecs_answers.give("run_task", STARTED)
        self.launch(ecs_answers, SPOT_FIRST, SUBNETS)
        assert [capacity_of(request) for request in asked] == ["FARGATE_SPOT"] * 2
        assert subnets_of(asked[1]) == list(SUBNETS)
        assert len({request["clientToken"] for request in asked}) == 2

    def test_no_capacity_is_a_failed_launch(self, ecs_answers: Answers) -> None:
        ecs_answers.give("run_task", NO_ROOM)
        with pytest.raises(LaunchFailed, match="Capacity is unavailable"):
            self.launch(ecs_answers)

    @pytest.mark.parametrize("code", ["AccessDeniedException", "ClusterNotFoundException", "ConflictException"])
    def test_a_refusal_is_a_failed_launch(self, ecs_answers: Answers, code: str) -> None:
        ecs_answers.refuse("run_task", code)
        with pytest.raises(LaunchFailed, match=code):
            self.launch(ecs_answers)

    def test_a_task_that_runs_with_other_parameters_is_a_launch(self, ecs_answers: Answers) -> None:
        ecs_answers.refuse("run_task", "ConflictException", resourceIds=["arn:aws:ecs:ap-northeast-2:1:task/t"])
        self.launch(ecs_answers)

    def test_a_token_names_one_launch_within_what_ecs_takes(self) -> None:
        tokens = {
            client_token({"ID": f"c1:{live_id}", "N": str(number)}, provider)
            for live_id in "12"
            for number in (1, 2)
            for provider in SPOT_FIRST
        }
        assert len(tokens) == 8
        assert {len(token) for token in tokens} == {64}

    def test_spot_is_asked_first_and_alone_if_it_has_room(self, ecs_answers: Answers) -> None:
        asked = ecs_answers.asked("RunTask")
        ecs_answers.give("run_task", STARTED)
        self.launch(ecs_answers, SPOT_FIRST)
        assert [capacity_of(request) for request in asked] == ["FARGATE_SPOT"]

    def test_where_spot_has_no_room_the_task_runs_on_demand_under_a_token_of_its_own(
        self, ecs_answers: Answers
    ) -> None:
        asked = ecs_answers.asked("RunTask")
        ecs_answers.give("run_task", NO_ROOM)
        ecs_answers.give("run_task", STARTED)
        self.launch(ecs_answers, SPOT_FIRST)
        assert [capacity_of(request) for request in asked] == list(SPOT_FIRST)
        assert len({request["clientToken"] for request in asked}) == 2

    @pytest.mark.parametrize("code", ["ClientException", "ThrottlingException", "InvalidParameterException"])
    def test_a_refusal_of_spot_is_no_failed_launch(self, ecs_answers: Answers, code: str) -> None:
        ecs_answers.refuse("run_task", code)
        ecs_answers.give("run_task", STARTED)
        self.launch(ecs_answers, SPOT_FIRST)

    def test_a_launch_that_failed_on_both_says_why_of_both(self, ecs_answers: Answers) -> None:
        ecs_answers.give("run_task", NO_ROOM)
        ecs_answers.refuse("run_task", "ClientException")
        with pytest.raises(LaunchFailed, match=r"FARGATE_SPOT: Capacity is .*; FARGATE: .*ClientException"):
            self.launch(ecs_answers, SPOT_FIRST)

    def test_what_spot_may_have_started_unseen_is_started_nowhere_else(self, ecs_answers: Answers) -> None:
        ecs_answers.refuse("run_task", "ServerException", 500)
        with pytest.raises(LaunchFailed, match="ServerException"):
            self.launch(ecs_answers, SPOT_FIRST)

    def test_what_is_refused_after_a_call_that_broke_off_is_started_nowhere_else(self, ecs_answers: Answers) -> None:
        """boto3 repeats a call that broke off, which may have started the task, and tells of the last one only."""
        ecs_answers.refuse_at_last("run_task", "ThrottlingException", retries=1)
        with pytest.raises(LaunchFailed, match="ThrottlingException"):
            self.launch(ecs_answers, SPOT_FIRST)


def subnets_of(request: dict[str, Any]) -> list[str]:
    subnets: list[str] = request["networkConfiguration"]["awsvpcConfiguration"]["subnets"]
    return subnets


def capacity_of(request: dict[str, Any]) -> str:
    """Where this task is to run."""
    match request:
        case {"launchType": str(kind)}:
            return kind
        case {"capacityProviderStrategy": [{"capacityProvider": str(provider)}]}:
            return provider
    raise AssertionError(request)


class TestSecretsManager:
    def test_the_token_is_the_secrets_text(self) -> None:
        answers = Answers("secretsmanager")
        answers.give("get_secret_value", {"SecretString": "made up"})
        assert SecretToken(answers.client, "api-token", utc_now).current() == "made up"

    def test_a_secret_without_text_is_a_missing_setting(self) -> None:
        answers = Answers("secretsmanager")
        answers.give("get_secret_value", {"SecretBinary": b"x"})
        with pytest.raises(SettingMissing, match="api-token"):
            SecretToken(answers.client, "api-token", utc_now).current()
