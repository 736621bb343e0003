"""What the templates say of events and of what fails: all of it is seen, and what matters can be sent again."""

from collections.abc import Iterator
from typing import Any

import pytest

from functions.check_monitors import app as check_monitors
from mntreamer.aws.failed_event import parse_failed_event
from mntreamer.domain.errors import BadInput
from tests.unit.test_template import FUNCTIONS, NETWORK, RECORDER, RESOURCES, TEMPLATE

AT_ONCE = ("ScheduleV2", "EventBridgeRule")
# Where the failures go of what is called and not waited for.
LOST = {
    "CheckMonitors": "MissedRuns",
    "SettleRecording": "MissedRuns",
    "PurgeRecordings": "MissedRuns",
    "PublishPlaylist": "FailedEvents",
    "Notify": "FailedEvents",
}
DAY_S = 86_400


def arn_of(queue: str) -> dict[str, list[str]]:
    return {"Fn::GetAtt": [queue, "Arn"]}


def events(*kinds: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Function, name and properties of each event of these kinds."""
    for function, body in FUNCTIONS.items():
        for name, source in body["Properties"].get("Events", {}).items():
            if source["Type"] in kinds:
                yield function, name, source["Properties"]


def of(function: str) -> dict[str, Any]:
    properties: dict[str, Any] = FUNCTIONS[function]["Properties"]
    return properties


def test_every_function_that_nobody_waits_for_has_a_place_for_failures() -> None:
    assert {function for function, _, _ in events(*AT_ONCE)} == LOST.keys()


@pytest.mark.parametrize(("function", "queue"), LOST.items())
def test_what_fails_and_what_is_not_delivered_end_in_the_same_queue(function: str, queue: str) -> None:
    failed = of(function)["EventInvokeConfig"]["DestinationConfig"]["OnFailure"]
    assert failed == {"Type": "SQS", "Destination": arn_of(queue)}
    undelivered = [source["DeadLetterConfig"] for told, _, source in events(*AT_ONCE) if told == function]
    assert undelivered
    assert all(letters == {"Arn": arn_of(queue)} for letters in undelivered)


@pytest.mark.parametrize("function", [function for function, queue in LOST.items() if queue == "MissedRuns"])
def test_a_run_whose_work_the_next_one_does_is_not_repeated_and_delivered_within_its_minute(function: str) -> None:
    tried = of(function)["EventInvokeConfig"]
    assert (tried["MaximumRetryAttempts"], tried["MaximumEventAgeInSeconds"]) == (0, 60)
    for told, _, source in events(*AT_ONCE):
        if told == function:
            assert source["RetryPolicy"]["MaximumRetryAttempts"] > 0
            assert source["RetryPolicy"]["MaximumEventAgeInSeconds"] == 60


@pytest.mark.parametrize("function", ["CheckMonitors", "PurgeRecordings"])
def test_each_minute_has_its_run_also_where_two_stacks_share_an_account(function: str) -> None:
    [schedule] = [source for told, _, source in events("ScheduleV2") if told == function]
    assert (schedule["ScheduleExpression"], schedule["OmitName"]) == ("rate(1 minute)", True)
    assert of("PurgeRecordings")["Timeout"] < 60


def test_each_rule_may_write_to_the_queue_that_it_names() -> None:
    allowed = {
        (
            statement["Resource"]["Fn::GetAtt"][0],
            statement["Condition"]["ArnEquals"]["aws:SourceArn"]["Fn::GetAtt"][0],
        )
        for body in RESOURCES.values()
        if body["Type"] == "AWS::SQS::QueuePolicy"
        for statement in body["Properties"]["PolicyDocument"]["Statement"]
        if statement["Effect"] == "Allow"
    }
    # As SAM names the rule that it makes of an event.
    assert allowed == {(LOST[function], function + name) for function, name, _ in events("EventBridgeRule")}


@pytest.mark.parametrize("stream", [source for _, _, source in events("DynamoDB")])
def test_a_record_of_a_stream_that_cannot_be_done_holds_up_no_other_and_is_kept(stream: dict[str, Any]) -> None:
    assert stream["DestinationConfig"]["OnFailure"] == {"Type": "SQS", "Destination": arn_of("FailedEvents")}
    assert stream["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert stream["BisectBatchOnFunctionError"]
    assert stream["MaximumRetryAttempts"] > 0
    assert stream["StartingPosition"] == "TRIM_HORIZON"


def test_a_share_that_failed_is_seen_and_not_looked_at_when_its_minute_is_over() -> None:
    [(function, _, share)] = events("SQS")
    queue = RESOURCES["CheckQueue"]["Properties"]
    assert queue["RedrivePolicy"] == {"deadLetterTargetArn": arn_of("MissedRuns"), "maxReceiveCount": 1}
    assert queue["VisibilityTimeout"] >= 6 * of(function)["Timeout"]
    assert queue["MessageRetentionPeriod"] > queue["VisibilityTimeout"]
    assert (share["BatchSize"], share["FunctionResponseTypes"]) == (1, ["ReportBatchItemFailures"])


def test_as_many_workers_as_a_tick_can_hand_shares_to() -> None:
    [(_, _, share)] = events("SQS")
    assert share["ScalingConfig"]["MaximumConcurrency"] == check_monitors.LISTED // check_monitors.SHARE


def test_no_function_reserves_what_a_new_account_has_not() -> None:
    """Such an account may run ten at once, and reserving any of them is refused."""
    assert not [name for name in FUNCTIONS if "ReservedConcurrentExecutions" in of(name)]


def test_what_is_to_be_sent_again_waits_for_two_weeks_and_other_failures_for_a_day() -> None:
    queues = {name: body["Properties"] for name, body in RESOURCES.items() if body["Type"] == "AWS::SQS::Queue"}
    assert queues["FailedEvents"]["MessageRetentionPeriod"] == 14 * DAY_S
    assert queues["MissedRuns"]["MessageRetentionPeriod"] == DAY_S
    assert queues["FailedEvents"]["VisibilityTimeout"] > max(
        of(name)["Timeout"] for name in ("PublishPlaylist", "Notify")
    )
    assert all(queue["SqsManagedSseEnabled"] for queue in queues.values())


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        '{"due": [], "until": ""}',
        '{"requestContext": {"functionArn": "f"}}',
        '{"requestContext": {"functionArn": "f"}, "DDBStreamBatchInfo": {"shardId": "s"}}',
    ],
)
def test_what_is_no_failed_event_stays_where_it_is(body: str) -> None:
    with pytest.raises(BadInput, match="stays in the queue"):
        parse_failed_event(body, {})


def test_nothing_comes_in_from_outside() -> None:
    assert not [name for name, body in RESOURCES.items() if body["Type"] == "AWS::EC2::SecurityGroupIngress"]
    groups = [body for body in RESOURCES.values() if body["Type"] == "AWS::EC2::SecurityGroup"]
    assert groups
    assert not [group for group in groups if "SecurityGroupIngress" in group["Properties"]]


def test_the_network_is_one_s_own_or_one_that_is_there() -> None:
    assert RESOURCES["Network"]["Condition"] == "HasOwnNetwork"
    told = RESOURCES["Recorder"]["Properties"]["Parameters"]
    for name in ("VpcId", "SubnetIds"):
        own = {"Fn::GetAtt": ["Network", f"Outputs.{name}"]}
        assert told[name] == {"Fn::If": ["HasOwnNetwork", own, {"Ref": name}]}
        assert name in NETWORK["Outputs"]
        assert TEMPLATE["Parameters"][name]["Default"] == ""


def test_s3_and_dynamodb_are_reached_without_the_internet() -> None:
    services = [
        body["Properties"]["ServiceName"]["Fn::Sub"].rpartition(".")[2]
        for body in NETWORK["Resources"].values()
        if body["Type"] == "AWS::EC2::VPCEndpoint"
    ]
    assert sorted(services) == ["dynamodb", "s3"]


def test_spot_is_asked_before_demand_and_only_if_it_is_wanted() -> None:
    capacity = TEMPLATE["Globals"]["Function"]["Environment"]["Variables"]["RECORDER_CAPACITY"]
    assert capacity == {"Fn::If": ["RecordsOnSpot", "FARGATE_SPOT,FARGATE", "FARGATE"]}
    assert RECORDER["Resources"]["Cluster"]["Properties"]["CapacityProviders"] == ["FARGATE", "FARGATE_SPOT"]
    assert TEMPLATE["Parameters"]["UseSpot"]["Default"] == "false"


@pytest.mark.parametrize("name", ["MonitorsTable", "RecordingsTable", "MediaBucket", "MediaBucketPolicy"])
def test_what_outlives_the_stack_is_not_in_the_way_of_the_next(name: str) -> None:
    assert RESOURCES[name]["DeletionPolicy"] == "Retain"
    assert not {"TableName", "BucketName"} & RESOURCES[name]["Properties"].keys()


def test_segments_may_be_tiered_and_playlists_never() -> None:
    rules = RESOURCES["MediaBucket"]["Properties"]["LifecycleConfiguration"]["Rules"]
    [(condition, tiered, otherwise)] = [rule["Fn::If"] for rule in rules if "Fn::If" in rule]
    assert (condition, otherwise) == ("TiersSegments", {"Ref": "AWS::NoValue"})
    assert tiered["Prefix"] == "media/"
    assert int(tiered["ObjectSizeGreaterThan"]) == 128 * 1024
    assert [move["StorageClass"] for move in tiered["Transitions"]] == ["INTELLIGENT_TIERING"]
