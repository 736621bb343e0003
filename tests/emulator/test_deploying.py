"""The built template is deployed, and its API answers those who hold its token."""

import boto3

from tests.emulator.caller import Caller
from tests.emulator.stack import NAME, Stack


def test_it_is_there_with_all_that_it_nests(stack: Stack) -> None:
    ours = {name: status for name, status in stack.statuses().items() if name.startswith(NAME)}
    assert len(ours) > 1
    assert set(ours.values()) == {"CREATE_COMPLETE"}


def test_its_outputs_say_where_everything_is(stack: Stack) -> None:
    outputs = stack.outputs()
    assert stack.resource("HttpApi") in outputs["ApiUrl"]
    assert stack.resource("ApiToken") in outputs["HowToReadTheToken"]
    assert boto3.client("s3").head_bucket(Bucket=outputs["MediaBucket"])
    assert boto3.client("dynamodb").describe_table(TableName=outputs["MonitorsTable"])
    assert boto3.client("dynamodb").describe_table(TableName=outputs["RecordingsTable"])


def test_its_health_is_open_and_nothing_else(api_url: str, stack: Stack) -> None:  # noqa: ARG001 -- it is deployed
    stranger = Caller(api_url, token=None)
    assert [platform["platform"] for platform in stranger.get("health")["platforms"]] == ["chzzk"]
    assert stranger.refused("streamers") == "access_denied"
    assert Caller(api_url, token="a guess").refused("recordings") == "access_denied"


def test_whoever_holds_the_secret_s_token_gets_in(caller: Caller) -> None:
    assert caller.get("streamers") == {"streamers": [], "next": None}
    assert caller.get("recordings") == {"recordings": [], "next": None}
