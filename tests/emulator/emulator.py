"""An AWS on loopback for as long as a block lasts: ministack, in a process group of its own."""

import os
import socket
import subprocess
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import requests

from demo.failures import DidNotHappen
from demo.waiting import wait_for

REGION: Final = "ap-northeast-2"
ROOT: Final = Path(__file__).parents[2]
_HOST = "127.0.0.1"
_PYTHON = ROOT / ".venv-emulator/bin/python"
LEASH: Final = Path(__file__).with_name("leash.py")
_READY_WITHIN_S = 30.0


class Emulator:
    """Keeps everything in `folder`, `emulator.log` as well. Its functions see `outside` in their environment."""

    def __init__(self, folder: Path, outside: Mapping[str, str]) -> None:
        self._folder = folder
        self._outside = outside
        self._port = _free_port()

    @property
    def url(self) -> str:
        return f"http://{_HOST}:{self._port}"

    @property
    def credentials(self) -> dict[str, str]:
        """The environment in which an AWS library reaches this AWS, and reads nothing of this machine's own."""
        return {
            "AWS_ENDPOINT_URL": self.url,
            "AWS_ACCESS_KEY_ID": "made-up",
            "AWS_SECRET_ACCESS_KEY": "made-up",
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "AWS_EC2_METADATA_DISABLED": "true",
        }

    def environment(self, home: Path) -> dict[str, str]:
        """All that a process needs which uses this AWS and leaves what it writes in `home`."""
        home.mkdir(exist_ok=True)
        machine = {"PATH": os.environ["PATH"], "HOME": str(home), "TMPDIR": str(home), "LANG": "C.UTF-8"}
        return machine | self.credentials

    def __enter__(self) -> Self:
        """Raises DidNotHappen if it does not answer in time."""
        with (self._folder / "emulator.log").open("wb") as log:
            self._process = subprocess.Popen(  # noqa: S603 -- the emulator that we installed
                [_PYTHON, LEASH, "ministack_here"],
                env=self._settings(),
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            wait_for("the emulator answers", self._answers, _READY_WITHIN_S)
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._end()

    def _end(self) -> None:
        """With all that it started: the leash ends the group."""
        self._process.communicate()

    def _settings(self) -> dict[str, str]:
        places = {name: str(self._folder / name.lower()) for name in ("S3_DATA_DIR", "STATE_DIR")}
        listening = {"BIND_HOST": _HOST, "GATEWAY_PORT": str(self._port), "MINISTACK_REGION": REGION}
        return self.environment(self._folder / "home") | places | listening | dict(self._outside)

    def _answers(self) -> bool | None:
        if self._process.poll() is not None:
            raise DidNotHappen(f"the emulator ended by itself with exit code {self._process.returncode}")
        try:
            return requests.get(f"{self.url}/_ministack/health", timeout=5).ok or None
        except requests.ConnectionError:
            return None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((_HOST, 0))
        port: int = probe.getsockname()[1]
        return port
