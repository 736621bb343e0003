"""The composition root on AWS: the environment is read and the clients are made here, once a process.

Each function asks for what it needs and nothing more; SettingMissing says what its template forgot.
"""

import os
from collections.abc import Mapping
from functools import cache

import boto3

from mntreamer.aws.clients import CONFIG, S3_CONFIG
from mntreamer.aws.dynamodb_monitors import DynamoMonitors
from mntreamer.aws.dynamodb_recordings import DynamoRecordings
from mntreamer.aws.ecs_launcher import EcsLauncher
from mntreamer.aws.s3_media_store import S3MediaStore
from mntreamer.aws.secret_token import secret_token
from mntreamer.clock import utc_now
from mntreamer.platforms.breaker import Breaker
from mntreamer.platforms.chzzk import Chzzk
from mntreamer.ports import Platform, Ports, RecorderLauncher
from mntreamer.public_http import public_session
from mntreamer.settings import Settings, from_environment, required
from mntreamer.usecases.launch_recorder import NoLauncher


@cache
def checking_ports() -> Ports:
    """For what may start a recorder."""
    return _ports(_ecs_launcher())


@cache
def serving_ports() -> Ports:
    """For what reads and writes, and leaves it to the tick to start recorders."""
    return _ports(NoLauncher())


@cache
def media_store() -> S3MediaStore:
    return S3MediaStore(boto3.client("s3", config=S3_CONFIG), _setting("MEDIA_BUCKET"))


@cache
def api_token() -> str:
    return secret_token(boto3.client("secretsmanager", config=CONFIG), _setting("TOKEN_SECRET"))


def _ports(launcher: RecorderLauncher) -> Ports:
    dynamodb = boto3.client("dynamodb", config=CONFIG)
    settings = from_environment(os.environ)
    return Ports(
        clock=utc_now,
        monitors=DynamoMonitors(dynamodb, _setting("MONITORS_TABLE"), int(_setting("MONITOR_SHARDS"))),
        recordings=DynamoRecordings(dynamodb, _setting("RECORDINGS_TABLE")),
        store=media_store(),
        launcher=launcher,
        platforms=_platforms(settings),
        settings=settings,
    )


def _platforms(settings: Settings) -> Mapping[str, Platform]:
    platforms = [Breaker(Chzzk(public_session(settings.allowed_hosts), settings.chzzk_api), utc_now)]
    return {platform.name: platform for platform in platforms}


def _ecs_launcher() -> EcsLauncher:
    return EcsLauncher(
        boto3.client("ecs", config=CONFIG),
        cluster=_setting("RECORDER_CLUSTER"),
        task_definition=_setting("RECORDER_TASK_DEFINITION"),
        container=_setting("RECORDER_CONTAINER"),
        subnets=_setting("RECORDER_SUBNETS").split(","),
        security_groups=[_setting("RECORDER_SECURITY_GROUP")],
    )


def _setting(name: str) -> str:
    return required(os.environ, name)
