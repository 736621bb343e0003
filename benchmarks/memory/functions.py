"""Functions as Lambda runs them, each in a process of its own, on an emulator of AWS."""

import json
import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self
from urllib.parse import urlsplit

import boto3

from benchmarks.lambda_environment import function_environment
from benchmarks.lambda_layers import FUNCTIONS
from mntreamer.aws.clients import CONFIG, S3_CONFIG
from mntreamer.aws.dynamodb_monitors import DynamoMonitors
from mntreamer.aws.dynamodb_recordings import DynamoRecordings
from mntreamer.aws.s3_media_store import S3MediaStore
from tests.contract.tables import MONITORS, RECORDINGS, SHARDS, STATE, create_tables
from tests.emulator.emulator import REGION, Emulator

TOKEN: Final = "the-token"  # noqa: S105 -- of an AWS that ends with the block
_BUCKET = "mntreamer-media"
_BUS = "notices"
_CHILD = Path(__file__).with_name("child.py")


@dataclass(frozen=True, slots=True)
class Used:
    """By one call: seconds of CPU, seconds in all, and the most memory that its process has held so far."""

    cpu_s: float
    took_s: float
    peak_bytes: int


@dataclass(frozen=True, slots=True)
class Deployment:
    """What is kept, for who prepares it, and what functions are told of it."""

    monitors: DynamoMonitors
    recordings: DynamoRecordings
    store: S3MediaStore
    environment: dict[str, str]


class Function:
    """Cold at its first call. `packages` are the layers' folders."""

    def __init__(self, name: str, python: Path, packages: Sequence[Path], environment: dict[str, str]) -> None:
        paths = os.pathsep.join(map(str, [FUNCTIONS / name, *packages]))
        self._environment = environment | {"PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"}
        self._python = python

    def __enter__(self) -> Self:
        reading, writing = os.pipe()
        self._process = subprocess.Popen(  # noqa: S603 -- ours
            [self._python, _CHILD, str(writing)],
            env=self._environment,
            pass_fds=[writing],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,  # its log
            text=True,
            bufsize=1,
        )
        os.close(writing)
        self._answers = os.fdopen(reading)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._process.communicate()
        self._answers.close()

    def call(self, event: Any) -> tuple[Used, Any]:
        """And its answer. Raises JSONDecodeError where the function failed; it said why on stderr."""
        assert self._process.stdin
        self._process.stdin.write(json.dumps(event) + "\n")
        told = json.loads(self._answers.readline())
        return Used(**told["used"]), told["answer"]


@contextmanager
def deployment(folder: Path, platform: str) -> Iterator[Deployment]:
    """Without streamers and recordings; `platform` is the base URL of a CHZZK, whose rate is lifted."""
    with Emulator(folder, {}) as emulator:
        session = boto3.Session("made-up", "made-up", region_name=REGION)
        dynamodb = session.client("dynamodb", endpoint_url=emulator.url, config=CONFIG)
        s3 = session.client("s3", endpoint_url=emulator.url, config=S3_CONFIG)
        secrets = session.client("secretsmanager", endpoint_url=emulator.url)
        create_tables(dynamodb)
        session.client("events", endpoint_url=emulator.url).create_event_bus(Name=_BUS)
        s3.create_bucket(Bucket=_BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
        told = {
            "MONITORS_TABLE": MONITORS,
            "MONITOR_SHARDS": str(SHARDS),
            "RECORDINGS_TABLE": RECORDINGS,
            "STATE_TABLE": STATE,
            "MEDIA_BUCKET": _BUCKET,
            "NOTICES_BUS": _BUS,
            "TOKEN_SECRET": secrets.create_secret(Name="token", SecretString=TOKEN)["ARN"],
            "MNTREAMER_CHZZK_API": platform,
            "MNTREAMER_CHZZK_RATE": "0",
            "MNTREAMER_ALLOWED_HOSTS": str(urlsplit(platform).hostname),
        }
        yield Deployment(
            monitors=DynamoMonitors(dynamodb, MONITORS, SHARDS),
            recordings=DynamoRecordings(dynamodb, RECORDINGS),
            store=S3MediaStore(s3, _BUCKET),
            environment=emulator.environment(folder / "function")
            | function_environment()
            | emulator.credentials
            | told,
        )
