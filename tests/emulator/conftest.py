"""One deployment for all tests of this folder; the first test that needs a stage of it leads there."""

import os
from collections.abc import Generator, Iterator
from pathlib import Path

import boto3
import pytest
from botocore.exceptions import BotoCoreError, ClientError

from simulated_channel import SimulatedChzzk
from tests.emulator.caller import Caller
from tests.emulator.emulator import REGION, Emulator
from tests.emulator.function_logs import logged
from tests.emulator.stack import Stack
from tests.emulator.story import Story

FOLDER = pytest.StashKey[Path]()
_LAST_LINES = 30


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Path:
    pytestconfig.stash[FOLDER] = tmp_path_factory.mktemp("emulator")
    return pytestconfig.stash[FOLDER]


@pytest.fixture(scope="session")
def chzzk(folder: Path) -> Iterator[SimulatedChzzk]:
    with SimulatedChzzk(folder / "channel") as simulated:
        yield simulated


@pytest.fixture(scope="session")
def outside(chzzk: SimulatedChzzk) -> dict[str, str]:
    """Where the platform is, for functions and tasks alike: the one thing that the template does not say."""
    return {"MNTREAMER_CHZZK_API": chzzk.base_url, "MNTREAMER_ALLOWED_HOSTS": "127.0.0.1"}


@pytest.fixture(scope="session")
def emulator(folder: Path, outside: dict[str, str]) -> Iterator[Emulator]:
    with Emulator(folder, outside) as running, pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("AWS_")]:
            patch.delenv(name)
        for name, value in (running.credentials | {"AWS_DEFAULT_REGION": REGION}).items():
            patch.setenv(name, value)
        yield running


@pytest.fixture(scope="session")
def stack(emulator: Emulator, folder: Path) -> Stack:
    made = Stack(emulator, folder)
    made.deploy({"RecorderImageUri": "an-image", "ReconnectWindowSeconds": "0"})
    return made


@pytest.fixture(scope="session")
def api_url(emulator: Emulator, stack: Stack) -> str:
    return f"{emulator.url}/_aws/execute-api/{stack.resource('HttpApi')}/$default"


@pytest.fixture(scope="session")
def caller(api_url: str, stack: Stack) -> Caller:
    secret = boto3.client("secretsmanager").get_secret_value(SecretId=stack.resource("ApiToken"))
    return Caller(api_url, secret["SecretString"])


@pytest.fixture(scope="session")
def story(
    chzzk: SimulatedChzzk, emulator: Emulator, stack: Stack, caller: Caller, folder: Path, outside: dict[str, str]
) -> Story:
    return Story(chzzk, emulator, stack, caller, folder, outside)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Whatever fails shows what the emulator, SAM, the tasks and the functions said last."""
    report = yield
    if report.failed and (folder := item.config.stash.get(FOLDER, None)):
        for log in sorted(folder.glob("*.log")):
            report.sections.append((log.name, _end_of(log.read_text(errors="replace").splitlines())))
        report.sections.append(("functions", _functions_said()))
    return report


def _functions_said() -> str:
    try:
        return _end_of(list(logged()))
    except (BotoCoreError, ClientError) as error:
        return f"the emulator does not tell what they logged: {error}"


def _end_of(lines: list[str]) -> str:
    return "\n".join(lines[-_LAST_LINES:])
