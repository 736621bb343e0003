"""The mntreamer server as a child process, on a free port of 127.0.0.1."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import requests

from demo.failures import DidNotHappen
from demo.waiting import wait_for

_HOST = "127.0.0.1"
_READY_WITHIN_S = 20.0
_ENDS_WITHIN_S = 75.0
_LAST_LINES = 15


class Server:
    """Runs from entering to leaving, with no settings of ours but those given. Its output goes to the file `log`.

    `options` are those of `mntreamer serve`.
    """

    def __init__(self, settings: Mapping[str, str], log: Path, options: Sequence[str] = ()) -> None:
        self._log = log
        self._options = options
        self._port = _free_port()
        self._environment = _foreign(os.environ) | dict(settings)

    @property
    def url(self) -> str:
        return f"http://{_HOST}:{self._port}"

    @property
    def pid(self) -> int:
        return self._process.pid

    def __enter__(self) -> Self:
        """Raises DidNotHappen if the server does not answer in time."""
        command = [sys.executable, "-m", "mntreamer_local.command_line.cli", "serve", "--port", str(self._port)]
        command += self._options
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                command, env=self._environment, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT
            )
        try:
            wait_for("the server answers", self._healthy, _READY_WITHIN_S)
        except BaseException:
            self.ended_by(signal.SIGTERM)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.ended_by(signal.SIGTERM)

    def check_running(self) -> None:
        """Raises DidNotHappen if the server has ended by itself."""
        code = self._process.poll()
        if code is not None:
            raise DidNotHappen(f"the server ended by itself with exit code {code}")

    def ended_by(self, number: signal.Signals) -> int:
        """The exit code with which it ends once it gets that signal. Raises DidNotHappen if it does not end."""
        self._process.send_signal(number)
        try:
            return self._process.wait(_ENDS_WITHIN_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            raise DidNotHappen(f"the server did not end within {_ENDS_WITHIN_S:.0f} s of {number.name}") from None

    def _healthy(self) -> bool | None:
        self.check_running()
        try:
            answer = requests.get(f"{self.url}/api/v1/health", timeout=5)
        except requests.ConnectionError:
            return None
        return answer.ok or None


@contextmanager
def last_words_told(log: Path) -> Iterator[None]:
    """Ends the text of a DidNotHappen that passes with the last lines of the server's log."""
    try:
        yield
    except DidNotHappen as error:
        text = log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""
        lines = "\n".join(text.splitlines()[-_LAST_LINES:])
        raise DidNotHappen(f"{error}\nThe last lines of {log}:\n{lines}") from error


def _foreign(environment: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in environment.items() if not name.startswith("MNTREAMER_")}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((_HOST, 0))
        port: int = probe.getsockname()[1]
        return port
