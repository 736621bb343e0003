"""Every adapter of every port, fresh for each test: the local ones on disk, those of AWS on moto, in process."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any, Final

import boto3
import pytest
from moto import mock_aws
from moto.core.botocore_stubber import BotocoreStubber

from mntreamer.aws.clients import CONFIG, S3_CONFIG
from mntreamer.aws.dynamodb_monitors import DynamoMonitors
from mntreamer.aws.dynamodb_platform_states import DynamoPlatformStates
from mntreamer.aws.dynamodb_recordings import DynamoRecordings
from mntreamer.aws.dynamodb_tick_reports import DynamoTickReports
from mntreamer.aws.s3_media_store import S3MediaStore
from mntreamer.ports import MediaStore, Monitors, PlatformStates, Recordings, TickReports
from mntreamer_local.files.file_store import FileStore
from mntreamer_local.files.links import LinkSigner
from mntreamer_local.sqlite.monitors import SqliteMonitors
from mntreamer_local.sqlite.platform_states import SqlitePlatformStates
from mntreamer_local.sqlite.recordings import SqliteRecordings
from mntreamer_local.sqlite.tick_reports import SqliteTickReports
from tests.contract.aws_rules import keep_client_tokens, keep_expression_rules
from tests.contract.memory_platform_states import MemoryPlatformStates
from tests.contract.recorders import Recorders, Tasks, Threads
from tests.contract.records import NOON
from tests.contract.tables import MONITORS, RECORDINGS, SHARDS, STATE, create_tables
from tests.state.memory_monitors import MemoryMonitors
from tests.state.memory_recordings import MemoryRecordings

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_s3 import S3Client

REGION: Final = "ap-northeast-2"
BUCKET = "media-bucket"


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An empty AWS that takes one request at a time, as it does for one item; moto by itself would not."""
    monkeypatch.setattr(BotocoreStubber, "process_request", _one_at_a_time(BotocoreStubber.process_request))
    with mock_aws():
        yield


def _one_at_a_time(process: Any) -> Any:
    lock = RLock()

    def process_alone(stubber: BotocoreStubber, request: Any) -> Any:
        with lock:
            return process(stubber, request)

    return process_alone


@pytest.fixture
def dynamodb(aws: None) -> "DynamoDBClient":  # noqa: ARG001 -- there before the client is
    client = boto3.client("dynamodb", region_name=REGION, config=CONFIG)
    keep_expression_rules(client)
    create_tables(client)
    return client


@pytest.fixture
def s3(aws: None) -> "S3Client":  # noqa: ARG001 -- likewise
    client = boto3.client("s3", region_name=REGION, config=S3_CONFIG)
    client.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
    return client


@pytest.fixture(params=["DynamoDB", "SQLite", "memory"])
def monitors(request: pytest.FixtureRequest, tmp_path: Path) -> Monitors:
    match request.param:
        case "SQLite":
            return SqliteMonitors(tmp_path / "mntreamer.db")
        case "memory":
            return MemoryMonitors()
        case _:
            return DynamoMonitors(request.getfixturevalue("dynamodb"), MONITORS, SHARDS)


@pytest.fixture(params=["DynamoDB", "SQLite", "memory"])
def recordings(request: pytest.FixtureRequest, tmp_path: Path) -> Recordings:
    match request.param:
        case "SQLite":
            return SqliteRecordings(tmp_path / "mntreamer.db")
        case "memory":
            return MemoryRecordings()
        case _:
            return DynamoRecordings(request.getfixturevalue("dynamodb"), RECORDINGS)


@pytest.fixture(params=["DynamoDB", "SQLite", "memory"])
def platform_states(request: pytest.FixtureRequest, tmp_path: Path) -> PlatformStates:
    match request.param:
        case "SQLite":
            return SqlitePlatformStates(tmp_path / "mntreamer.db")
        case "memory":
            return MemoryPlatformStates()
        case _:
            return DynamoPlatformStates(request.getfixturevalue("dynamodb"), STATE)


@pytest.fixture(params=["DynamoDB", "SQLite"])
def tick_reports(request: pytest.FixtureRequest, tmp_path: Path) -> TickReports:
    if request.param == "SQLite":
        return SqliteTickReports(tmp_path / "mntreamer.db")
    return DynamoTickReports(request.getfixturevalue("dynamodb"), STATE)


@pytest.fixture(params=["S3", "files"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> MediaStore:
    if request.param == "files":
        return FileStore(tmp_path / "store", LinkSigner(b"a secret key", _noon))
    return S3MediaStore(request.getfixturevalue("s3"), BUCKET)


@pytest.fixture
def tasks(aws: None) -> Tasks:  # noqa: ARG001 -- likewise
    client = boto3.client("ecs", region_name=REGION, config=CONFIG)
    keep_client_tokens(client)
    return Tasks(client)


@pytest.fixture
def threads() -> Iterator[Threads]:
    threads = Threads()
    yield threads
    threads.close()


@pytest.fixture(params=["tasks", "threads"])
def recorders(request: pytest.FixtureRequest) -> Recorders:
    found: Recorders = request.getfixturevalue(request.param)
    return found


def _noon() -> datetime:
    return NOON
