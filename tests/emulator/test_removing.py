"""The stack is updated, and deleted: what was recorded is kept."""

from datetime import timedelta

import boto3
import pytest
from botocore.exceptions import ClientError

from mntreamer.domain.times import from_iso
from tests.emulator.caller import Caller, Json, recording_path
from tests.emulator.function_logs import problems
from tests.emulator.stack import NAME, Stack
from tests.emulator.story import Story, invoke


def hold_schedules() -> None:
    scheduler = boto3.client("scheduler")
    for summary in scheduler.list_schedules()["Schedules"]:
        schedule = scheduler.get_schedule(Name=summary["Name"])
        kept = {name: schedule[name] for name in ("Name", "ScheduleExpression", "FlexibleTimeWindow", "Target")}
        scheduler.update_schedule(**kept, State="DISABLED")


@pytest.fixture(scope="module")
def without_grace(stack: Stack, story: Story) -> Stack:
    assert story.closed
    hold_schedules()  # the emulator stands still where a function calls it while it changes that function
    stack.deploy({"DeletionGraceDays": "0"})
    return stack


@pytest.fixture(scope="module")
def deleted(without_grace: Stack, story: Story, caller: Caller) -> Json:  # noqa: ARG001 -- after the update
    return caller.delete(recording_path(story.recording_id))


def test_an_update_changes_what_it_names_and_nothing_else(without_grace: Stack) -> None:
    assert without_grace.statuses()[NAME] == "UPDATE_COMPLETE"
    given = without_grace.parameters()
    assert (given["DeletionGraceDays"], given["ReconnectWindowSeconds"]) == ("0", "0")


def test_functions_heed_the_update(deleted: Json) -> None:
    assert from_iso(deleted["purge_at"]) - from_iso(deleted["deleted_at"]) < timedelta(hours=1)


def test_what_is_deleted_is_purged_when_its_time_has_come(without_grace: Stack, deleted: Json) -> None:
    outputs, s3 = without_grace.outputs(), boto3.client("s3")
    assert s3.list_objects_v2(Bucket=outputs["MediaBucket"], Prefix=deleted["prefix"])["KeyCount"]
    boto3.client("dynamodb").update_item(
        TableName=outputs["RecordingsTable"],
        Key={"recording_id": {"S": deleted["recording_id"]}, "item": {"S": "recording"}},
        UpdateExpression="SET purge_at = deleted_at",
    )
    assert invoke(without_grace.resource("PurgeRecordings"), {})["deleted"]
    assert not s3.list_objects_v2(Bucket=outputs["MediaBucket"], Prefix=deleted["prefix"])["KeyCount"]


def test_nothing_went_wrong_unseen(deleted: Json) -> None:  # noqa: ARG001 -- after all that was done
    assert not problems()
    sqs = boto3.client("sqs")
    for url in sqs.list_queues(QueueNamePrefix=NAME)["QueueUrls"]:
        waiting = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["ApproximateNumberOfMessages"])["Attributes"]
        assert waiting == {"ApproximateNumberOfMessages": "0"}, url


def test_a_stack_that_is_deleted_leaves_tables_and_bucket(without_grace: Stack) -> None:
    outputs, function = without_grace.outputs(), without_grace.resource("Api")
    without_grace.delete()
    assert boto3.client("s3").head_bucket(Bucket=outputs["MediaBucket"])
    for table in ("MonitorsTable", "RecordingsTable"):
        assert boto3.client("dynamodb").scan(TableName=outputs[table])["Count"]
    with pytest.raises(ClientError, match="ResourceNotFound"):
        boto3.client("lambda").get_function(FunctionName=function)
