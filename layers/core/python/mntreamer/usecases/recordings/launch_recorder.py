"""A recorder is started for a recording's current generation."""

import logging
from dataclasses import replace
from datetime import datetime

from mntreamer.domain.error_place import safe_text
from mntreamer.domain.errors import LaunchFailed
from mntreamer.domain.monitors.streamer import StreamerChanges
from mntreamer.domain.reason import Reason
from mntreamer.domain.recordings.lease import relaunch_at, why_nothing_is_stored
from mntreamer.domain.recordings.recording import Recording, RecordingChanges
from mntreamer.ports import Ports
from mntreamer.usecases.recordings.close_recording import close_if_orphaned

_logger = logging.getLogger(__name__)


class NoLauncher:
    """Stands where recorders are not launched: in a recorder, and in the API."""

    def launch(self, recording_id: str, generation: int) -> None:
        raise LaunchFailed(f"no recorder is launched from here; asked for {recording_id}, generation {generation}")


def launch_recorder(ports: Ports, recording: Recording) -> Recording:
    """Start it; where that fails the lease is given back, so that the streamer is due again soon, and says why.

    The recording, whose `problem` is set if no recorder was started.
    """
    try:
        ports.launcher.launch(recording.recording_id, recording.generation)
    except LaunchFailed as error:
        _logger.error("no recorder for %s: %s", recording.channel_name, error)
        problem = safe_text(error)
        return replace(recording, problem=problem, lease_until=_give_back(ports, recording, problem))
    return recording


def _give_back(ports: Ports, recording: Recording, problem: Reason) -> datetime:
    """When it was."""
    now = ports.clock()
    under = RecordingChanges(generation=recording.generation)
    given_back = ports.recordings.update(recording.recording_id, {"lease_until": now, "problem": problem}, under)
    if given_back is None:
        return now
    due = StreamerChanges(check_at=relaunch_at(given_back, now), problem=why_nothing_is_stored(given_back) or problem)
    if not ports.monitors.update(recording.streamer_id, due, {"recording_id": recording.recording_id}):
        close_if_orphaned(ports, given_back)
    return now
