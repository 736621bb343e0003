"""An AWS in process with what template.yaml makes, and a platform on which nothing moves by itself."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import boto3
import pytest
from moto import mock_aws

from functions.api import app as api
from mntreamer.aws import composition
from mntreamer.domain.monitors.probe import Channel, Offline, Playback, Probe
from tests.contract.platforms import EasyPlatform
from tests.contract.tables import MONITORS, RECORDINGS, SHARDS, STATE, create_tables

if TYPE_CHECKING:
    from mntreamer.ports import Ports

REGION: Final = "ap-northeast-2"
BUCKET = "mntreamer-media-123456789012-ap-northeast-2"
TOKEN = "the-token"
ONCE_A_PROCESS: tuple[Any, ...] = (
    composition.checking_ports,
    composition.serving_ports,
    composition.api_ports,
    composition.media_store,
    composition.plays_openly,
    composition.check_queue,
    composition.api_token,
    composition.event_bus,
    composition._webhooks,
    composition.webhook_session,
    api._api,
)


@dataclass
class StillPlatform(EasyPlatform):
    """A platform on which nothing moves until a test says so."""

    shows: Probe
    probed: list[str] = field(default_factory=list)

    def probe(self, channel_id: str) -> Probe:
        self.probed.append(channel_id)
        return self.shows

    def channel(self, channel_id: str) -> Channel:
        raise AssertionError(f"no handler asks this of a platform: {channel_id}")

    def channel_id_in(self, url: str) -> str:
        raise AssertionError(f"no handler asks this of a platform: {url}")

    def search(self, nickname: str) -> list[Channel]:
        raise AssertionError(f"no handler asks this of a platform: {nickname}")

    def playback(self, channel_id: str) -> Playback:
        raise AssertionError(f"no handler asks this of a platform: {channel_id}")


@pytest.fixture
def platform(monkeypatch: pytest.MonkeyPatch) -> StillPlatform:
    still = StillPlatform(Offline())
    monkeypatch.setattr(composition, "all_platforms", lambda *_: {still.name: still})
    return still


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch, platform: StillPlatform) -> Iterator[None]:  # noqa: ARG001 -- it goes in first
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    monkeypatch.setenv("AWS_REGION", REGION)
    monkeypatch.setenv("MOTO_EC2_LOAD_DEFAULT_AMIS", "false")  # a third of the time, and nobody asks for them
    with mock_aws():
        for name, value in _deployed().items():
            monkeypatch.setenv(name, value)
        yield
    for composed in ONCE_A_PROCESS:
        composed.cache_clear()


def _deployed() -> dict[str, str]:
    """Creates what template.yaml would; the environment that it gives to the functions."""
    create_tables(boto3.client("dynamodb"))
    boto3.client("s3").create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
    secret = boto3.client("secretsmanager").create_secret(Name="token", SecretString=TOKEN)
    ecs = boto3.client("ecs")
    ecs.create_cluster(clusterName="cluster")
    for family in ("recorder", "exporter"):
        ecs.register_task_definition(
            family=family,
            networkMode="awsvpc",
            requiresCompatibilities=["FARGATE"],
            cpu="256",
            memory="512",
            containerDefinitions=[{"name": family, "image": "recorder:1", "cpu": 256, "memory": 512}],
        )
    return {
        "POWERTOOLS_METRICS_NAMESPACE": "the-stack",
        "MONITORS_TABLE": MONITORS,
        "MONITOR_SHARDS": str(SHARDS),
        "RECORDINGS_TABLE": RECORDINGS,
        "STATE_TABLE": STATE,
        "CHECK_QUEUE": boto3.client("sqs").create_queue(QueueName="checks")["QueueUrl"],
        "MEDIA_BUCKET": BUCKET,
        "TOKEN_SECRET": secret["ARN"],
        "RECORDER_CLUSTER": "cluster",
        "RECORDER_TASK_DEFINITION": "recorder",
        "RECORDER_CONTAINER": "recorder",
        "RECORDER_CAPACITY": "FARGATE",
        "EXPORTER_TASK_DEFINITION": "exporter",
        "EXPORTER_CONTAINER": "exporter",
        "RECORDER_SUBNETS": boto3.client("ec2").describe_subnets()["Subnets"][0]["SubnetId"],
        "RECORDER_SECURITY_GROUP": "sg-12345678",
    }


@pytest.fixture
def ports(aws: None) -> "Ports":  # noqa: ARG001 -- there before the ports are
    return composition.checking_ports()
