"""A live session whose recorder is gone gets the next one, into the same recording."""

import logging

from mntreamer.domain.lease import next_generation
from mntreamer.domain.probe import Live
from mntreamer.domain.recording import Recording, recording_id_of
from mntreamer.domain.streamer import Streamer, StreamerChanges
from mntreamer.ports import Ports
from mntreamer.usecases.launch_recorder import launch_recorder

_logger = logging.getLogger(__name__)


def relaunch_recording(ports: Ports, streamer: Streamer, live: Live, recording: Recording) -> None:
    """Raise the generation under the lease that was read; where somebody else moved it, leave it to them."""
    raised = ports.recordings.update(
        recording.recording_id,
        next_generation(recording, ports.clock()),
        {"generation": recording.generation, "lease_until": recording.lease_until},
    )
    current = raised or ports.recordings.get(recording.recording_id) or recording
    changes = StreamerChanges(
        recording_id=current.recording_id, is_streaming=True, check_at=current.lease_until, problem=None
    )
    ports.monitors.update(streamer.streamer_id, changes, {"check_at": streamer.check_at})
    if raised:
        _logger.info("%s is still live: generation %d goes on", raised.recording_id, raised.generation)
        _remember_session(ports, live, raised)
        launch_recorder(ports, raised)


def _remember_session(ports: Ports, live: Live, recording: Recording) -> None:
    """A later live session within the reconnect window belongs to the recording from now on."""
    if live.live_id != recording.live_id:
        alias = recording_id_of(recording.streamer_id, live.live_id)
        ports.recordings.add_alias(alias, recording.recording_id)
