"""The port `RecorderLauncher` on one machine: each recorder is a thread of the server's own process."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

from mntreamer.domain.error_place import kind_and_place, safe_text
from mntreamer.domain.errors import LaunchFailed
from mntreamer.domain.problem_code import ProblemCode
from mntreamer.domain.reason import Reason
from mntreamer.recorder.ending.ending import Ending
from mntreamer_local.serving.log import about

Record = Callable[[str, int, threading.Event], Ending]
OnExit = Callable[[str, int, Reason | None], object]
_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Recorder:
    recording_id: str
    generation: int
    stop: threading.Event = field(default_factory=threading.Event, compare=False)

    def __str__(self) -> str:
        return f"{self.recording_id} #{self.generation}"


class RecorderThreads:
    """Runs `record` with recording, generation and what tells it to stop, in a thread for each launch.

    `on_exit` is called there once it has ended, with recording, generation and the problem, in words, if it ended by
    one. A generation older than the newest launched one is not started. One that runs sees itself whether its lease
    is lost: it may stand beside the newest.
    """

    def __init__(self, record: Record, on_exit: OnExit) -> None:
        self._record = record
        self._on_exit = on_exit
        self._running: dict[_Recorder, threading.Thread] = {}
        self._newest: dict[str, int] = {}
        self._is_finishing = False
        self._lock = threading.Lock()

    def launch(self, recording_id: str, generation: int) -> None:
        with self._lock:
            if generation <= self._newest.get(recording_id, -1):
                return
            self._start(_Recorder(recording_id, generation))
            self._newest[recording_id] = generation

    def finish(self) -> None:
        """Tell all recorders to finish what they have and leave, also those that are launched later."""
        with self._lock:
            self._is_finishing = True
            for recorder in self._running:
                recorder.stop.set()

    def wait(self, within_s: float) -> list[str]:
        """Until all recorders have left, or the time is up; recording and generation of those that have not."""
        until_s = monotonic() + within_s
        with self._lock:
            running = dict(self._running)
        for thread in running.values():
            thread.join(max(0.0, until_s - monotonic()))
        return [str(recorder) for recorder, thread in running.items() if thread.is_alive()]

    def _start(self, recorder: _Recorder) -> None:
        if self._is_finishing:
            recorder.stop.set()
        thread = threading.Thread(target=self._run, args=(recorder,), name=str(recorder), daemon=True)
        try:
            thread.start()
        except RuntimeError as error:
            raise LaunchFailed(f"the recorder's thread could not be started: {error}") from error
        self._running[recorder] = thread

    def _run(self, recorder: _Recorder) -> None:
        with about(str(recorder)):
            self._settle(recorder, self._problem_of(recorder))
        with self._lock:
            del self._running[recorder]

    def _problem_of(self, recorder: _Recorder) -> Reason | None:
        """None where it ended as meant: the stream is over, it was told to stop, another generation goes on."""
        try:
            ending = self._record(recorder.recording_id, recorder.generation, recorder.stop)
        except Exception as error:  # noqa: BLE001 -- the recorder ends here, whatever it was; the server goes on
            why = safe_text(error)
            problem = Reason(f"the recorder failed: {why}", ProblemCode.RECORDER_FAILED, why)
            _logger.error("%s", problem)
            return problem
        _logger.info("the recorder leaves: %s", ending)
        return None

    def _settle(self, recorder: _Recorder, problem: Reason | None) -> None:
        try:
            self._on_exit(recorder.recording_id, recorder.generation, problem)
        except Exception as error:  # noqa: BLE001 -- the lease's end does what this call would have done sooner
            _logger.error("what this recorder leaves could not be settled: %s", kind_and_place(error))
