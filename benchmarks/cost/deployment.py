"""An AWS in process with what template.yaml makes of it, and the environment that it gives to functions and tasks."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final
from unittest.mock import patch
from urllib.parse import urlsplit

import boto3
from moto import mock_aws

from tests.contract.tables import MONITORS, RECORDINGS, SHARDS, STATE, create_tables
from tests.integration.aws.bus import NAME as BUS

TOKEN: Final = "the-token"  # noqa: S105 -- of an AWS that ends with the block
_REGION: Final = "ap-northeast-2"
_BUCKET = "mntreamer-media"
_ACCOUNT = {
    "AWS_ACCESS_KEY_ID": "nobody",
    "AWS_SECRET_ACCESS_KEY": "nothing",
    "AWS_DEFAULT_REGION": _REGION,
    "AWS_REGION": _REGION,
    "MOTO_EC2_LOAD_DEFAULT_AMIS": "false",
    "POWERTOOLS_SERVICE_NAME": "cost",
    "POWERTOOLS_METRICS_NAMESPACE": "cost",
    "POWERTOOLS_LOG_LEVEL": "CRITICAL",
}


@contextmanager
def deployed(platform: str) -> Iterator[None]:
    """`platform` is the base URL of a CHZZK."""
    with patch.dict(os.environ, _ACCOUNT), mock_aws():
        create_tables(boto3.client("dynamodb"))
        boto3.client("s3").create_bucket(Bucket=_BUCKET, CreateBucketConfiguration={"LocationConstraint": _REGION})
        with patch.dict(os.environ, _environment() | _reaching(platform)):
            yield


def _environment() -> dict[str, str]:
    task = {"RECORDER": _task_definition("recorder"), "EXPORTER": _task_definition("exporter")}
    return {
        "MONITORS_TABLE": MONITORS,
        "MONITOR_SHARDS": str(SHARDS),
        "RECORDINGS_TABLE": RECORDINGS,
        "STATE_TABLE": STATE,
        "MEDIA_BUCKET": _BUCKET,
        "CHECK_QUEUE": boto3.client("sqs").create_queue(QueueName="checks")["QueueUrl"],
        "NOTICES_BUS": BUS,
        "WEBHOOKS_SECRET": "",
        "TOKEN_SECRET": boto3.client("secretsmanager").create_secret(Name="token", SecretString=TOKEN)["ARN"],
        "RECORDER_CLUSTER": boto3.client("ecs").create_cluster(clusterName="cluster")["cluster"]["clusterName"],
        "RECORDER_SUBNETS": boto3.client("ec2").describe_subnets()["Subnets"][0]["SubnetId"],
        "RECORDER_SECURITY_GROUP": "sg-12345678",
        "RECORDER_CAPACITY": "FARGATE",
        **{f"{name}_TASK_DEFINITION": family for name, family in task.items()},
        **{f"{name}_CONTAINER": family for name, family in task.items()},
    }


def _task_definition(family: str) -> str:
    boto3.client("ecs").register_task_definition(
        family=family,
        networkMode="awsvpc",
        requiresCompatibilities=["FARGATE"],
        cpu="256",
        memory="512",
        containerDefinitions=[{"name": family, "image": "recorder:1", "cpu": 256, "memory": 512}],
    )
    return family


def _reaching(platform: str) -> dict[str, str]:
    return {"MNTREAMER_CHZZK_API": platform, "MNTREAMER_ALLOWED_HOSTS": str(urlsplit(platform).hostname)}
