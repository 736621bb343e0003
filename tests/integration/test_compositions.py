"""What both ways of running put together in the same way."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mntreamer.aws import composition as on_aws
from mntreamer.domain.errors import PlatformBlocked
from mntreamer.ports import Platform
from mntreamer.settings import Settings
from mntreamer.usecases.launch_recorder import NoLauncher
from mntreamer_local import composition as on_one_machine
from tests.integration.loopback_server import LoopbackServer, Reply, loopback_server

CHANNEL_ID = "0123456789abcdef0123456789abcdef"


def of_aws(api: str, _: Path, __: pytest.MonkeyPatch) -> Platform:
    settings = Settings(allowed_hosts=frozenset({"127.0.0.1"}), chzzk_api=api)
    return on_aws._platforms(settings)["chzzk"]


def of_one_machine(api: str, data: Path, environment: pytest.MonkeyPatch) -> Platform:
    environment.setenv("MNTREAMER_ALLOWED_HOSTS", "127.0.0.1")
    environment.setenv("MNTREAMER_CHZZK_API", api)
    return on_one_machine.open_machine(data).ports(NoLauncher()).platforms["chzzk"]


@pytest.fixture
def server() -> Iterator[LoopbackServer]:
    with loopback_server() as running:
        yield running


@pytest.mark.parametrize("composed", [of_aws, of_one_machine])
@pytest.mark.parametrize("status", [403, 429])
def test_a_platform_that_blocks_is_not_asked_again(
    server: LoopbackServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    composed: Callable[[str, Path, pytest.MonkeyPatch], Platform],
    status: int,
) -> None:
    server.replies[f"/polling/v3.1/channels/{CHANNEL_ID}/live-status"] = Reply(status=status)
    platform = composed(server.url, tmp_path, monkeypatch)
    for _ in range(3):
        with pytest.raises(PlatformBlocked, match=f"HTTP {status}"):
            platform.probe(CHANNEL_ID)
    assert len(server.seen) == 1
