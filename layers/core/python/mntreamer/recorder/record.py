"""One generation of one recording, from the source's first listed segment to the end of the stream."""

import logging
import threading
from contextlib import closing

from mntreamer.correlation import correlate
from mntreamer.domain.error_place import safe_text
from mntreamer.domain.errors import NotFinished, NotFound
from mntreamer.domain.recordings.lease import has_standby
from mntreamer.domain.recordings.recording import Recording, RecordingChanges
from mntreamer.ports import Ports
from mntreamer.recorder.bookkeeping.holding import OnStart
from mntreamer.recorder.ending.ending import Ending
from mntreamer.recorder.pace import Pace
from mntreamer.recorder.recorder import Recorder
from mntreamer.recorder.storing.workshop import Workshop

_logger = logging.getLogger(__name__)


def record(
    ports: Ports,
    recording_id: str,
    generation: int,
    stop: threading.Event,
    on_start: OnStart,
    workshop: Workshop,
    *,
    pace: Pace | None = None,
) -> Ending:
    """Record until the stream is over, `stop` is set, the stream may not be recorded or another generation goes on.

    A generation that stands by goes on as the holder once it has taken over. Told to stop, a holder waits for who
    takes over, as long as the pace has it. Where the recording becomes too long, both go on in its next part.

    `on_start` is told when the recording's first segment is stored, which another generation may have done.
    `workshop` is what all recordings of this process share.
    Raises NotFound for a recording that does not exist, NotFinished where store or tables hang as it leaves. What
    cannot be read or written just now is tried again; an error that ends this recorder all the same lets the lease
    run out, and the next generation goes on from the store.
    """
    recording = ports.recordings.get(recording_id)
    if recording is None:
        raise NotFound(f"there is no recording {recording_id}")
    stands_by = generation == recording.standby and has_standby(recording)
    if generation != recording.generation and not stands_by:
        return Ending.LEASE_LOST
    while True:
        correlate(recording.prefix)
        _logger.info("generation %d begins: %s", generation, recording.prefix)
        try:
            ending, following = _record(ports, recording, generation, stop, on_start, workshop, pace=pace or Pace())
        except NotFinished:
            raise  # nor would a table that hangs take this
        except Exception as error:
            held = RecordingChanges(generation=generation)
            ports.recordings.update(recording.recording_id, {"problem": safe_text(error)}, held)
            raise
        if following is None:
            return ending
        recording = following


def _record(
    ports: Ports,
    recording: Recording,
    generation: int,
    stop: threading.Event,
    on_start: OnStart,
    workshop: Workshop,
    *,
    pace: Pace,
) -> tuple[Ending, Recording | None]:
    """How it ended, and the next part where the recording became too long."""
    standby = None if generation == recording.generation else generation
    with closing(Recorder(ports, recording, stop, on_start, workshop, pace=pace, standby=standby)) as recorder:
        return recorder.run(), recorder.following
