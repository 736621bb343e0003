"""The recorders of a server, all of them in its own process."""

import logging
import threading
from dataclasses import replace

from mntreamer.domain.monitors.delays import start_delay_s
from mntreamer.domain.reason import Reason
from mntreamer.domain.recordings.recording import Recording
from mntreamer.ports import Ports
from mntreamer.recorder.ending.ending import Ending
from mntreamer.recorder.record import record
from mntreamer.recorder.storing.workshop import Workshop
from mntreamer.usecases.recordings.settle_recording import settle_recording
from mntreamer_local.serving.recorder_threads import RecorderThreads

_logger = logging.getLogger(__name__)


def with_recorders(ports: Ports, workshop: Workshop) -> tuple[Ports, RecorderThreads]:
    """The ports with a launcher of recorders, which themselves use `ports` as they are and share the workshop."""

    def make(recording_id: str, generation: int, stop: threading.Event) -> Ending:
        return record(ports, recording_id, generation, stop, _say_start, workshop)

    def settle(recording_id: str, generation: int, problem: Reason | None) -> None:
        settle_recording(ports, recording_id, generation, problem)

    launcher = RecorderThreads(make, settle)
    return replace(ports, launcher=launcher), launcher


def _say_start(recording: Recording) -> None:
    delay_s = start_delay_s(recording)
    after = "" if delay_s is None else f", {delay_s:.0f} s after the stream began"
    _logger.info("the first segment is stored%s", after)
