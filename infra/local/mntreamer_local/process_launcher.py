"""The port `RecorderLauncher` on one machine: each recorder is a child process."""

import logging
import os
import signal
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence

from mntreamer.domain.error_place import kind_and_place
from mntreamer.domain.errors import LaunchFailed

OnExit = Callable[[str, int, int], object]
_STOP_TIMEOUT_S = 60.0  # a recorder that waits for a slow source needs 40 to finish
_logger = logging.getLogger(__name__)


class ProcessLauncher:
    """Runs `command RECORDING_ID GENERATION` with these environment variables besides our own.

    A child ends by itself when this process does: it holds the other end of its standard input. `on_exit` is called
    with recording, generation and exit code for each child that ended, in a thread of its own. A generation older
    than the newest launched one is not started: it would find its lease lost.
    """

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], on_exit: OnExit) -> None:
        self._command = list(command)
        self._environment = dict(environment)
        self._on_exit = on_exit
        self._children: dict[tuple[str, int], subprocess.Popen[bytes]] = {}
        self._watchers: list[threading.Thread] = []
        self._newest: dict[str, int] = {}
        self._lock = threading.Lock()

    def launch(self, recording_id: str, generation: int) -> None:
        with self._lock:
            if generation <= self._newest.get(recording_id, -1):
                return
            child = self._start(recording_id, generation)
            self._newest[recording_id] = generation
            self._children[recording_id, generation] = child
            watcher = threading.Thread(target=self._watch, args=(child, recording_id, generation), daemon=True)
            self._watchers.append(watcher)
            watcher.start()

    def stop(self) -> None:
        """Tell all recorders to finish and wait until they have."""
        for child in self._running():
            child.send_signal(signal.SIGTERM)
        for child in self._running():
            try:
                child.wait(_STOP_TIMEOUT_S)
            except subprocess.TimeoutExpired:
                child.kill()
        for watcher in list(self._watchers):
            watcher.join(_STOP_TIMEOUT_S)

    def _start(self, recording_id: str, generation: int) -> subprocess.Popen[bytes]:
        try:
            return subprocess.Popen(
                [*self._command, recording_id, str(generation)],
                stdin=subprocess.PIPE,
                env=os.environ | self._environment,
                start_new_session=True,  # Ctrl-C is for the server, which stops its recorders in order
            )
        except OSError as error:
            raise LaunchFailed(f"the recorder's process could not be started: {error.strerror}") from error

    def _running(self) -> list[subprocess.Popen[bytes]]:
        with self._lock:
            return [child for child in self._children.values() if child.poll() is None]

    def _watch(self, child: subprocess.Popen[bytes], recording_id: str, generation: int) -> None:
        exit_code = child.wait()
        with self._lock:
            del self._children[recording_id, generation]
        try:
            self._on_exit(recording_id, generation, exit_code)
        except Exception as error:  # noqa: BLE001 -- the lease's end does what this call would have done sooner
            _logger.error("%s could not be settled: %s", recording_id, kind_and_place(error))
        with self._lock:
            self._watchers.remove(threading.current_thread())
