"""What both ways of running put together in the same way."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import boto3
import pytest
from moto import mock_aws

from mntreamer.aws import composition as on_aws
from mntreamer.domain.errors import PlatformBlocked
from mntreamer.domain.monitors.probe import Live, NotRecordable
from mntreamer.ports import Ports
from mntreamer.settings import Settings
from mntreamer.usecases.exports.no_exporters import NoExporters
from mntreamer.usecases.recordings.launch_recorder import NoLauncher
from mntreamer_local import composition as on_one_machine
from tests.contract.tables import MONITORS, RECORDINGS, SHARDS, STATE, create_tables
from tests.integration.loopback_server import LoopbackServer, Reply, loopback_server

CHANNEL_ID = "0123456789abcdef0123456789abcdef"
SAMPLES = Path(__file__).parents[1] / "samples"
LIVE_DETAIL = f"/service/v3.3/channels/{CHANNEL_ID}/live-detail"
LIVE_STATUS = f"/polling/v3.1/channels/{CHANNEL_ID}/live-status"
DEPLOYED = {
    "AWS_DEFAULT_REGION": "ap-northeast-2",
    "MONITORS_TABLE": MONITORS,
    "MONITOR_SHARDS": str(SHARDS),
    "RECORDINGS_TABLE": RECORDINGS,
    "STATE_TABLE": STATE,
    "MEDIA_BUCKET": "media-bucket",
}

LOGIN = json.dumps({"NID_AUT": "invented-aut", "NID_SES": "invented-ses"})

Process = Callable[[], Ports]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[LoopbackServer]:
    with loopback_server() as running:
        monkeypatch.setenv("MNTREAMER_ALLOWED_HOSTS", "127.0.0.1")
        monkeypatch.setenv("MNTREAMER_CHZZK_API", running.url)
        yield running


@pytest.fixture
def process_on_aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[Process]:
    for name, value in DEPLOYED.items():
        monkeypatch.setenv(name, value)
    with mock_aws():
        create_tables(boto3.client("dynamodb"))
        yield lambda: on_aws._ports(NoLauncher(), NoExporters())
    on_aws.media_store.cache_clear()


@pytest.fixture
def process_on_one_machine(tmp_path: Path) -> Process:
    return lambda: on_one_machine.open_machine(tmp_path).ports(NoLauncher())


@pytest.fixture(params=["process_on_aws", "process_on_one_machine"])
def process(server: LoopbackServer, request: pytest.FixtureRequest) -> Process:  # noqa: ARG001 -- there before
    """The ports as one more process would have them."""
    found: Process = request.getfixturevalue(request.param)
    return found


@pytest.mark.parametrize("status", [403, 429])
def test_a_platform_that_blocks_one_process_is_asked_by_none(
    server: LoopbackServer, process: Process, status: int
) -> None:
    server.replies[LIVE_STATUS] = Reply(status=status)
    first, second = (process().platforms["chzzk"] for _ in range(2))
    for platform in (first, second, first):
        with pytest.raises(PlatformBlocked, match=f"HTTP {status}"):
            platform.probe(CHANNEL_ID)
        assert platform.closed_until()
    assert len(server.seen) == 1


def test_a_platform_s_rate_is_that_of_the_settings(monkeypatch: pytest.MonkeyPatch, process: Process) -> None:
    assert process().platforms["chzzk"].rate_per_s == Settings().chzzk_rate_per_s
    monkeypatch.setenv("MNTREAMER_CHZZK_RATE", "0")
    assert process().platforms["chzzk"].rate_per_s is None


@pytest.fixture
def keep_login(process: Process, request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Keeps a text in the place of the login, before the processes are composed."""
    process()  # what it needs is there
    return _keep_on_aws(request) if "aws" in request.node.callspec.id else _keep_on_one_machine(request)


def _keep_on_aws(request: pytest.FixtureRequest) -> Callable[[str], None]:
    def keep(text: str) -> None:
        arn = boto3.client("secretsmanager").create_secret(Name="login", SecretString=text)["ARN"]
        request.getfixturevalue("monkeypatch").setenv("CHZZK_LOGIN_SECRET", arn)

    return keep


def _keep_on_one_machine(request: pytest.FixtureRequest) -> Callable[[str], None]:
    def keep(text: str) -> None:
        path = request.getfixturevalue("tmp_path") / "chzzk-login.json"
        path.touch(mode=0o600)
        path.write_text(text)

    return keep


def broadcast(server: LoopbackServer, detail: str) -> None:
    server.replies[LIVE_STATUS] = Reply((SAMPLES / "chzzk_live_status_open.json").read_bytes())
    server.replies[LIVE_DETAIL] = Reply((SAMPLES / f"chzzk_{detail}.json").read_bytes())


def test_a_login_that_is_kept_is_used(
    server: LoopbackServer, process: Process, keep_login: Callable[[str], None]
) -> None:
    keep_login(LOGIN)
    broadcast(server, "live_detail_open")
    assert isinstance(process().platforms["chzzk"].probe(CHANNEL_ID), Live)
    assert server.seen[-1].headers["Cookie"] == "NID_AUT=invented-aut; NID_SES=invented-ses"


def test_without_a_login_nothing_is_sent(
    monkeypatch: pytest.MonkeyPatch, server: LoopbackServer, process: Process
) -> None:
    monkeypatch.setenv("CHZZK_LOGIN_SECRET", "")  # as the template has it
    broadcast(server, "live_detail_open")
    assert isinstance(process().platforms["chzzk"].probe(CHANNEL_ID), Live)
    assert server.seen[-1].headers["Cookie"] is None


def test_all_processes_learn_that_the_login_has_expired(
    server: LoopbackServer, process: Process, keep_login: Callable[[str], None], caplog: pytest.LogCaptureFixture
) -> None:
    keep_login(LOGIN)
    broadcast(server, "live_detail_adult_nologin")
    for _ in range(2):
        found = process().platforms["chzzk"].probe(CHANNEL_ID)
        assert isinstance(found, NotRecordable)
        assert "expired" in found.reason
    assert process().platform_states.get("chzzk").login_expired_at
    assert len(caplog.records) == 1
    assert "invented" not in caplog.text


def test_a_spoilt_login_keeps_no_process_from_public_broadcasts(
    server: LoopbackServer, process: Process, keep_login: Callable[[str], None], caplog: pytest.LogCaptureFixture
) -> None:
    keep_login("spoilt")
    broadcast(server, "live_detail_open")
    assert isinstance(process().platforms["chzzk"].probe(CHANNEL_ID), Live)
    assert "asking without a login" in caplog.text
