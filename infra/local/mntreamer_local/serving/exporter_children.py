"""The port `ExportLauncher` on one machine: each exporter is a child process, two at once."""

import logging
import signal
import subprocess
import threading
from collections.abc import Callable, Sequence

from mntreamer.domain.error_place import safe_text
from mntreamer.domain.errors import LaunchFailed
from mntreamer.domain.exports.export import LAUNCH_GRACE

AT_ONCE = 2
_WAIT_S = LAUNCH_GRACE.total_seconds() / 3
_logger = logging.getLogger(__name__)


class ExporterChildren:
    """Runs `command`, with the export's key and the attempt behind it.

    One that has to wait its turn says so every `wait_s` by `still_waits`, with key and attempt, which answers whether
    it is still wanted. `on_exit` is called after each child, with the key.
    """

    def __init__(
        self,
        command: Sequence[str],
        still_waits: Callable[[str, int], bool],
        on_exit: Callable[[str], object],
        wait_s: float = _WAIT_S,
    ) -> None:
        self._command = command
        self._still_waits = still_waits
        self._on_exit = on_exit
        self._wait_s = wait_s
        self._changed = threading.Condition()
        self._launched: set[tuple[str, int]] = set()
        self._running: set[subprocess.Popen[bytes]] = set()
        self._threads: set[threading.Thread] = set()
        self._is_closed = False

    def launch(self, export_key: str, attempt: int) -> None:
        with self._changed:
            if (export_key, attempt) in self._launched:
                return
            thread = threading.Thread(target=self._run, args=(export_key, attempt), name="exporter", daemon=True)
            try:
                thread.start()
            except RuntimeError as error:
                raise LaunchFailed(f"the exporter could not be started: {error}") from error
            self._launched.add((export_key, attempt))
            self._threads.add(thread)

    def close(self) -> None:
        """End those that run and forget those that wait: who asks for their exports next has them made anew."""
        with self._changed:
            self._is_closed = True
            for child in self._running:
                child.kill()
            self._changed.notify_all()
            threads = list(self._threads)
        for thread in threads:
            thread.join()

    def _run(self, key: str, attempt: int) -> None:
        try:
            child = self._child(key, attempt)
            if child:
                self._wait_for(child, key, attempt)
        except Exception as error:  # noqa: BLE001 -- the export's lease runs out, whatever it was
            _logger.error("%s #%d was not exported: %s", key, attempt, safe_text(error))
        finally:
            with self._changed:
                self._threads.discard(threading.current_thread())

    def _child(self, key: str, attempt: int) -> subprocess.Popen[bytes] | None:
        """Started when it is its turn; None where it is not wanted any more."""
        with self._changed:
            while not self._changed.wait_for(self._has_turn, self._wait_s):
                if not self._still_waits(key, attempt):
                    return None
            if self._is_closed:
                return None
            child = subprocess.Popen([*self._command, key, str(attempt)], start_new_session=True)
            self._running.add(child)
            return child

    def _has_turn(self) -> bool:
        return self._is_closed or len(self._running) < AT_ONCE

    def _wait_for(self, child: subprocess.Popen[bytes], key: str, attempt: int) -> None:
        code = child.wait()
        with self._changed:
            self._running.discard(child)
            self._changed.notify_all()
        if code < 0 and not self._is_closed:
            _logger.error("the exporter of %s #%d was ended by %s", key, attempt, signal.Signals(-code).name)
        self._on_exit(key)
