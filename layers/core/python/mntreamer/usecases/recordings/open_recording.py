"""A live session without a recording gets one, and the recording its first recorder."""

import logging

from mntreamer.correlation import correlate
from mntreamer.domain.monitors.probe import Live
from mntreamer.domain.monitors.streamer import Streamer
from mntreamer.domain.recordings.lease import first_generation
from mntreamer.domain.recordings.recording import Recording, recording_id_of
from mntreamer.ports import Ports
from mntreamer.usecases.recordings.accompany_recording import accompany_recording
from mntreamer.usecases.recordings.close_recording import close_if_orphaned
from mntreamer.usecases.recordings.launch_recorder import launch_recorder
from mntreamer.usecases.recordings.open_part import open_part

_logger = logging.getLogger(__name__)


def open_recording(ports: Ports, streamer: Streamer, live: Live, part: int = 1) -> Recording | None:
    """The recording that was opened here, if one was; its `problem` is set if no recorder was started."""
    before = ports.recordings.get(recording_id_of(streamer.streamer_id, live.live_id, part - 1)) if part > 1 else None
    opened = open_part(ports, streamer, live, part, first_generation(before, ports.clock()))
    if opened is None:
        return None
    correlate(opened.prefix)
    _logger.info("%s is live: %s", streamer.channel_name, opened.prefix)
    launched = launch_recorder(ports, opened)
    accompany_recording(ports, launched)
    close_if_orphaned(ports, opened)
    return launched
