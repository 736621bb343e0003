"""A live session whose recorder is gone gets the next one, into the same recording."""

import logging

from mntreamer.domain.monitors.probe import Live
from mntreamer.domain.monitors.streamer import Streamer
from mntreamer.domain.recordings.lease import next_generation, why_nothing_is_stored
from mntreamer.domain.recordings.recording import Recording, RecordingChanges
from mntreamer.ports import Ports
from mntreamer.usecases.recordings.accompany_recording import accompany_recording
from mntreamer.usecases.recordings.close_recording import close_if_orphaned
from mntreamer.usecases.recordings.expect_recording import expect_recording
from mntreamer.usecases.recordings.launch_recorder import launch_recorder
from mntreamer.usecases.recordings.remember_session import remember_session

_logger = logging.getLogger(__name__)


def relaunch_recording(ports: Ports, streamer: Streamer, live: Live, recording: Recording) -> Recording | None:
    """Raise the generation under the lease that was read; where somebody else moved it, leave it to them.

    The recording, if it was not left to them; its `problem` is set if no recorder was started.
    """
    changes = next_generation(recording, ports.clock())
    until, problem = changes["lease_until"], why_nothing_is_stored(recording)
    if not expect_recording(ports, streamer, live, recording.recording_id, until, problem):
        return None
    remember_session(ports, live.live_id, recording.streamer_id, recording.recording_id)
    under = RecordingChanges(
        generation=recording.generation,
        lease_until=recording.lease_until,
        status=recording.status,  # a person may confirm or delete it meanwhile, or stop it
        stopped_at=recording.stopped_at,
    )
    raised = ports.recordings.update(recording.recording_id, changes, under)
    if raised is None:
        return None
    _logger.info("%s is still live: generation %d goes on", raised.channel_name, raised.generation)
    launched = launch_recorder(ports, raised)
    accompany_recording(ports, launched)
    close_if_orphaned(ports, raised)
    return launched
