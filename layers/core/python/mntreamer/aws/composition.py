"""The composition root on AWS: the environment is read and the clients are made here, once a process.

Each function asks for what it needs and nothing more; SettingMissing says what its template forgot.
"""

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from time import sleep

import boto3
import requests

from mntreamer.aws.check_queue import CheckQueue
from mntreamer.aws.chzzk_login import ChzzkLoginSecret
from mntreamer.aws.clients import CONFIG, EXPORT_CONFIG, S3_CONFIG
from mntreamer.aws.dynamodb_monitors import DynamoMonitors
from mntreamer.aws.dynamodb_platform_states import DynamoPlatformStates
from mntreamer.aws.dynamodb_recordings import DynamoRecordings
from mntreamer.aws.dynamodb_tick_reports import DynamoTickReports
from mntreamer.aws.ecs_exporters import EcsExporters
from mntreamer.aws.ecs_launcher import EcsLauncher
from mntreamer.aws.event_bus import EventBus
from mntreamer.aws.fargate_task import ON_DEMAND, FargateTask
from mntreamer.aws.recording_rates import recording_rates
from mntreamer.aws.s3_media_store import S3MediaStore
from mntreamer.aws.secret_token import SecretToken
from mntreamer.aws.webhooks_secret import WebhooksSecret
from mntreamer.clock import utc_now
from mntreamer.domain.notifications.webhook import Webhook
from mntreamer.domain.recordings.recording_cost import RecordingRates
from mntreamer.platforms.all_platforms import all_platforms
from mntreamer.platforms.chzzk_login import LoginSource, no_login
from mntreamer.ports import ExportLauncher, Ports, RecorderLauncher
from mntreamer.public_http.session import public_session
from mntreamer.settings import from_environment, required
from mntreamer.usecases.exports.no_exporters import NoExporters
from mntreamer.usecases.recordings.launch_recorder import NoLauncher

# Where Lambda puts the layer that holds the console's page.
PAGE = Path("/opt/console")


@cache
def checking_ports() -> Ports:
    """For what may start a recorder."""
    task = _task("RECORDER_TASK_DEFINITION", "RECORDER_CONTAINER", _setting("RECORDER_CAPACITY"))
    return _ports(EcsLauncher(task), NoExporters())


@cache
def serving_ports() -> Ports:
    """For what reads and writes, and starts nothing."""
    return _ports(NoLauncher(), NoExporters())


@cache
def api_ports() -> Ports:
    """For what people ask: it starts exporters, and leaves it to the tick to start recorders."""
    task = _task("EXPORTER_TASK_DEFINITION", "EXPORTER_CONTAINER", ON_DEMAND)
    return _ports(NoLauncher(), EcsExporters(task))


@cache
def media_store() -> S3MediaStore:
    return S3MediaStore(boto3.client("s3", config=S3_CONFIG), _setting("MEDIA_BUCKET"))


def exporting_store() -> S3MediaStore:
    """For who makes objects of gigabytes."""
    return S3MediaStore(boto3.client("s3", config=EXPORT_CONFIG), _setting("MEDIA_BUCKET"))


@cache
def plays_openly() -> bool:
    """Whether what is published can be played without a link of ours."""
    return from_environment(os.environ).public_playback


@cache
def check_queue() -> CheckQueue:
    return CheckQueue(boto3.client("sqs", config=CONFIG), _setting("CHECK_QUEUE"))


@cache
def api_token() -> SecretToken:
    return SecretToken(boto3.client("secretsmanager", config=CONFIG), _setting("TOKEN_SECRET"), utc_now)


@cache
def event_bus() -> EventBus:
    return EventBus(boto3.client("events", config=CONFIG), _setting("NOTICES_BUS"))


def webhooks() -> tuple[Webhook, ...]:
    """Whom to tell over HTTP; nobody where no secret says. Raises BadInput for one that says it wrongly."""
    return _webhooks()()


@cache
def _webhooks() -> Callable[[], tuple[Webhook, ...]]:
    secret_id = os.environ.get("WEBHOOKS_SECRET")
    if not secret_id:
        return tuple
    client = boto3.client("secretsmanager", config=CONFIG)
    return WebhooksSecret(client, secret_id, from_environment(os.environ).allowed_hosts)


@cache
def webhook_session() -> requests.Session:
    return public_session(from_environment(os.environ).allowed_hosts)


def api_rates() -> RecordingRates | None:
    """By which the API tells what a recording has cost; None in a region whose prices are not known."""
    return recording_rates(_setting("AWS_REGION"))


def _ports(launcher: RecorderLauncher, exporters: ExportLauncher) -> Ports:
    dynamodb = boto3.client("dynamodb", config=CONFIG)
    settings = from_environment(os.environ)
    states = DynamoPlatformStates(dynamodb, _setting("STATE_TABLE"))
    return Ports(
        clock=utc_now,
        monitors=DynamoMonitors(dynamodb, _setting("MONITORS_TABLE"), int(_setting("MONITOR_SHARDS"))),
        recordings=DynamoRecordings(dynamodb, _setting("RECORDINGS_TABLE")),
        platform_states=states,
        tick_reports=DynamoTickReports(dynamodb, _setting("STATE_TABLE")),
        store=media_store(),
        launcher=launcher,
        exporters=exporters,
        platforms=all_platforms(settings, states, utc_now, sleep, _chzzk_login()),
        settings=settings,
    )


def _task(task_definition: str, container: str, capacity_providers: str) -> FargateTask:
    return FargateTask(
        boto3.client("ecs", config=CONFIG),
        cluster=_setting("RECORDER_CLUSTER"),
        task_definition=_setting(task_definition),
        container=_setting(container),
        subnets=_setting("RECORDER_SUBNETS").split(","),
        security_groups=[_setting("RECORDER_SECURITY_GROUP")],
        capacity_providers=capacity_providers.split(","),
    )


def _chzzk_login() -> LoginSource:
    secret_id = os.environ.get("CHZZK_LOGIN_SECRET")
    return ChzzkLoginSecret(boto3.client("secretsmanager", config=CONFIG), secret_id) if secret_id else no_login


def _setting(name: str) -> str:
    return required(os.environ, name)
