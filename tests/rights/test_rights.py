"""Each role may do what is done in its name, and nothing else."""

from collections.abc import Mapping

import pytest

from tests.rights.asked_of_iam import BY_TLS, run_task
from tests.rights.conftest import PARTS
from tests.rights.policies import Access, Permission, Role, roles_of
from tests.rights.stack import Stack

pytestmark = [pytest.mark.xdist_group("rights"), pytest.mark.timeout(300)]  # the first of them plays all scenes

# In their name AWS alone does something; what, `on_behalf` says.
_OF_AWS = ("ExecutionRole", "CheckMonitorsEveryMinuteRole", "PurgeRecordingsEveryMinuteRole")
_ROLES = (*PARTS, *_OF_AWS)
# Where IAM knows no narrower resource.
_OF_NOTHING_IN_PARTICULAR = {
    "ecr:GetAuthorizationToken": "it is for an account's whole registry",
    "xray:PutTraceSegments": "traces are in no resource",
    "xray:PutTelemetryRecords": "nor is what is told of them",
}
_SEGMENT = "media/chzzk/a.1f0a9c3e/2026/11/22/1/segments/000-0000000000-0000000002.ts"


@pytest.fixture(scope="session")
def roles(stack: Stack) -> dict[str, Role]:
    return roles_of(stack)


@pytest.fixture(scope="session")
def bucket(stack: Stack) -> str:
    return stack.arn("MediaBucket")


def allowed(role: Role) -> list[Permission]:
    return sorted((p for p in role.permissions if p.effect == "Allow"), key=str)


def test_no_role_is_left_out(roles: Mapping[str, Role], asked: Mapping[str, set[Access]]) -> None:
    assert sorted(_ROLES) == sorted(roles) == sorted(asked)


def test_each_function_and_each_task_has_a_role_of_its_own(stack: Stack) -> None:
    functions = [stack.properties(name)["Role"] for name in stack.of_type("AWS::Lambda::Function")]
    recorder = stack.nested("Recorder")
    tasks = [recorder.properties(name)["TaskRoleArn"] for name in recorder.of_type("AWS::ECS::TaskDefinition")]
    assert len({*functions, *tasks}) == len(functions) + len(tasks) == len(PARTS)


def test_what_a_role_may_do_stands_in_the_role(stack: Stack) -> None:
    elsewhere = ("AWS::IAM::Policy", "AWS::IAM::RolePolicy")
    assert not [name for one in stack.all_stacks for kind in elsewhere for name in one.of_type(kind)]


@pytest.mark.parametrize("name", _ROLES)
def test_nothing_is_missing(name: str, roles: Mapping[str, Role], asked: Mapping[str, set[Access]]) -> None:
    assert asked[name]
    assert roles[name].missing(asked[name]) == []


@pytest.mark.parametrize("name", _ROLES)
def test_nothing_is_spare(name: str, roles: Mapping[str, Role], asked: Mapping[str, set[Access]]) -> None:
    assert roles[name].spare(asked[name]) == []


@pytest.mark.parametrize("name", _ROLES)
def test_whatever_is_taken_away_is_missed(
    name: str, roles: Mapping[str, Role], asked: Mapping[str, set[Access]]
) -> None:
    role = roles[name]
    assert [str(one) for one in allowed(role) if not role.without(one).missing(asked[name])] == []


@pytest.mark.parametrize("name", _ROLES)
def test_whatever_is_added_is_noticed(
    name: str, roles: Mapping[str, Role], asked: Mapping[str, set[Access]], bucket: str
) -> None:
    more = Permission("Allow", "s3:DeleteBucket", bucket)
    assert roles[name].with_permission(more).spare(asked[name]) == [str(more)]
    denied = Permission("Deny", "*", "*")
    assert len(roles[name].with_permission(denied).missing(asked[name])) == len(asked[name])


@pytest.mark.parametrize("name", _ROLES)
def test_every_action_is_named_and_every_resource_that_can_be(name: str, roles: Mapping[str, Role]) -> None:
    assert [str(one) for one in allowed(roles[name]) if "*" in one.action] == []
    anywhere = {one.action for one in allowed(roles[name]) if one.resource == "*"}
    assert anywhere <= _OF_NOTHING_IN_PARTICULAR.keys()


@pytest.mark.parametrize(("name", "prefix"), [("TaskRole", "media/"), ("ExporterRole", "exports/")])
def test_a_task_writes_to_its_own_part_of_the_bucket(
    name: str, prefix: str, roles: Mapping[str, Role], bucket: str
) -> None:
    changing = ("s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload")
    written = {one.resource for one in allowed(roles[name]) if one.action in changing}
    assert written
    assert not [resource for resource in written if not resource.startswith(f"{bucket}/{prefix}")]


def test_a_recorder_changes_nothing_that_people_play(roles: Mapping[str, Role], bucket: str) -> None:
    recording = f"{bucket}/media/chzzk/a.1f0a9c3e/2026/11/22/1"
    written = [Access("s3:PutObject", f"{recording}/{file}", BY_TLS) for file in ("index.m3u8", "edits.json")]
    assert roles["TaskRole"].missing(written) == sorted(map(str, written))


@pytest.mark.parametrize(
    ("name", "runs"),
    [
        ("CheckMonitorsRole", {"TaskDefinition"}),
        ("CheckShareRole", {"TaskDefinition"}),
        ("SettleRecordingRole", {"TaskDefinition"}),
        ("ApiRole", {"ExporterTaskDefinition"}),
        ("PublishPlaylistRole", set()),
        ("PurgeRecordingsRole", set()),
        ("NotifyRole", set()),
        ("TaskRole", set()),
        ("ExporterRole", set()),
    ],
)
def test_each_runs_its_one_task_in_the_one_cluster(
    name: str, runs: set[str], stack: Stack, roles: Mapping[str, Role]
) -> None:
    recorder = stack.nested("Recorder")
    tasks = {task: recorder.arn(task) for task in recorder.of_type("AWS::ECS::TaskDefinition")}
    assert {task for task, arn in tasks.items() if roles[name].may(run_task(arn, "Cluster"))} == runs
    assert not [arn for arn in tasks.values() if roles[name].may(run_task(arn, "another"))]
    assert not roles[name].may(run_task(tasks["TaskDefinition"].replace("recorder:1", "stranger:1"), "Cluster"))


def test_only_a_purge_deletes_what_was_recorded(roles: Mapping[str, Role], bucket: str) -> None:
    deleting = Access("s3:DeleteObject", f"{bucket}/{_SEGMENT}", BY_TLS)
    assert [name for name, role in roles.items() if role.may(deleting)] == ["PurgeRecordingsRole"]


@pytest.mark.parametrize("folder", ["segments", "epochs", "damaged"])
def test_what_was_recorded_is_never_overwritten(folder: str, roles: Mapping[str, Role], bucket: str) -> None:
    """Not by a recorder either: S3 refuses what is there already, and the bucket whoever does not ask it to."""
    key = f"{bucket}/media/chzzk/a.1f0a9c3e/2026/11/22/1/{folder}/1"
    only_if_absent = BY_TLS | {("s3:if-none-match", "*")}
    assert [name for name, role in roles.items() if role.may(Access("s3:PutObject", key, only_if_absent))] == [
        "TaskRole"
    ]
    assert not [name for name, role in roles.items() if role.may(Access("s3:PutObject", key, BY_TLS))]


def test_nobody_reads_the_bucket_but_by_tls(roles: Mapping[str, Role], bucket: str) -> None:
    in_the_clear = frozenset({("aws:SecureTransport", "false")})
    reading = [
        name for name, role in roles.items() if role.may(Access("s3:GetObject", f"{bucket}/{_SEGMENT}", BY_TLS))
    ]
    assert "ApiRole" in reading
    assert not [
        name for name in reading if roles[name].may(Access("s3:GetObject", f"{bucket}/{_SEGMENT}", in_the_clear))
    ]


def test_without_a_login_and_webhooks_nobody_reads_a_secret_but_the_api_its_token(stack: Stack) -> None:
    without = roles_of(stack.given(ChzzkLoginSecretArn="", WebhooksSecretArn=""))
    reading = [
        (name, one.resource) for name, role in without.items() for one in allowed(role) if ":GetSecret" in one.action
    ]
    assert reading == [("ApiRole", stack.arn("ApiToken"))]


@pytest.mark.parametrize(
    ("image", "repository"),
    [
        ("123456789012.dkr.ecr.us-east-1.amazonaws.com/team/recorder:2", "team/recorder"),
        (f"123456789012.dkr.ecr.us-east-1.amazonaws.com/recorder@sha256:{'0' * 64}", "recorder"),
        ("ghcr.io/team/recorder:2", "none"),
    ],
)
def test_an_image_is_pulled_from_its_own_repository_alone(image: str, repository: str, stack: Stack) -> None:
    pulling = roles_of(stack.given(RecorderImageUri=image))["ExecutionRole"]
    resources = {one.resource for one in allowed(pulling) if one.action == "ecr:BatchGetImage"}
    assert resources == {f"arn:aws:ecr:*:123456789012:repository/{repository}"}


def test_what_can_be_listed_is_listed_without_a_condition(roles: Mapping[str, Role]) -> None:
    """A condition on the prefix would turn S3's 404, which the store takes for "not there", into a 403."""
    listing = [one for role in roles.values() for one in allowed(role) if one.action == "s3:ListBucket"]
    assert listing
    assert not [one for one in listing if one.conditions]
