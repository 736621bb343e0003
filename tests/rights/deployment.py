"""An AWS in process with what a stack makes, and the environment that the stack gives to each part of it."""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit

import boto3
from moto import mock_aws

from tests.contract.tables import create_tables
from tests.integration.aws.conftest import ONCE_A_PROCESS, TOKEN
from tests.rights.stack import REGION, Stack

LOGIN = "login"
WEBHOOKS = "webhooks"
_ACCOUNT = {
    "AWS_ACCESS_KEY_ID": "nobody",
    "AWS_SECRET_ACCESS_KEY": "nothing",
    "AWS_DEFAULT_REGION": REGION,
    "MOTO_EC2_LOAD_DEFAULT_AMIS": "false",
}


@contextmanager
def deployed(root: Stack) -> Iterator[None]:
    with patch.dict(os.environ, _ACCOUNT), mock_aws():
        create_tables(boto3.client("dynamodb"))
        for name in root.of_type("AWS::S3::Bucket"):
            bucket: str = root.resolve({"Ref": name})
            boto3.client("s3").create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
        for name in root.of_type("AWS::SQS::Queue"):
            boto3.client("sqs").create_queue(QueueName=name)
        secrets = boto3.client("secretsmanager")
        secrets.create_secret(Name="ApiToken", SecretString=TOKEN)
        secrets.create_secret(Name=LOGIN, SecretString='{"NID_AUT": "invented", "NID_SES": "invented"}')
        told = [{"name": "mine", "url": "https://example.com/", "secret": f"whsec_{'k' * 32}", "types": ["test"]}]
        secrets.create_secret(Name=WEBHOOKS, SecretString=json.dumps(told))
        for name in root.of_type("AWS::Events::EventBus"):
            boto3.client("events").create_event_bus(Name=root.resolve({"Ref": name}))
        for stack in root.all_stacks:
            _deploy_tasks(stack)
        yield


def _deploy_tasks(stack: Stack) -> None:
    ecs = boto3.client("ecs")
    for name in stack.of_type("AWS::ECS::Cluster"):
        ecs.create_cluster(clusterName=name)
    for name in stack.of_type("AWS::ECS::TaskDefinition"):
        task = stack.properties(name)
        [container] = task["ContainerDefinitions"]
        ecs.register_task_definition(
            family=task["Family"],
            networkMode="awsvpc",
            requiresCompatibilities=["FARGATE"],
            cpu=task["Cpu"],
            memory=task["Memory"],
            containerDefinitions=[
                {"name": container["Name"], "image": container["Image"], "cpu": 256, "memory": 512}
            ],
        )


@contextmanager
def running(environment: Mapping[str, str], platform: str) -> Iterator[None]:
    """As a process of its own with this environment, where CHZZK is at `platform`, a URL on loopback."""
    subnets = boto3.client("ec2").describe_subnets()["Subnets"]
    reaching = {
        "MNTREAMER_CHZZK_API": platform,
        "MNTREAMER_ALLOWED_HOSTS": str(urlsplit(platform).hostname),
        "AWS_REGION": REGION,  # Lambda's own
        "RECORDER_SUBNETS": subnets[0]["SubnetId"],  # moto wants one that is there
    }
    with patch.dict(os.environ, {**environment, **reaching}):
        try:
            yield
        finally:
            for composed in ONCE_A_PROCESS:
                composed.cache_clear()


def environment_of_function(root: Stack, name: str) -> dict[str, str]:
    variables = root.properties(name)["Environment"]["Variables"]
    return {variable: str(value) for variable, value in variables.items()}


def environment_of_task(root: Stack, name: str) -> dict[str, str]:
    [container] = _task(root, name)["ContainerDefinitions"]
    return {variable["Name"]: str(variable["Value"]) for variable in container["Environment"]}


def roles_of_tasks(root: Stack) -> dict[str, set[str]]:
    """The ARNs of the roles that each task definition runs with, by its own ARN."""
    found = [(stack, name) for stack in root.all_stacks for name in stack.of_type("AWS::ECS::TaskDefinition")]
    return {stack.arn(name): _roles(stack.properties(name)) for stack, name in found}


def _roles(task: Mapping[str, Any]) -> set[str]:
    return {task["TaskRoleArn"], task["ExecutionRoleArn"]}


def _task(root: Stack, name: str) -> dict[str, Any]:
    [task] = [s.properties(name) for s in root.all_stacks if name in s.of_type("AWS::ECS::TaskDefinition")]
    return task
