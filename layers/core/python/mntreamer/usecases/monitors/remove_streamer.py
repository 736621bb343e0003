"""A streamer is no longer watched. What was recorded stays."""

import logging

from mntreamer.domain.monitors.streamer import Streamer
from mntreamer.domain.recordings.recording import RecordingStatus
from mntreamer.ports import Ports
from mntreamer.usecases.monitors.change_streamer import change_streamer
from mntreamer.usecases.recordings.close_recording import close_recording

_logger = logging.getLogger(__name__)


def remove_streamer(ports: Ports, streamer_id: str) -> None:
    """Close the recording that is under way, then forget the streamer. Raises NotFound.

    It is paused first, so that no tick that is looking at it just now opens one more.
    """
    streamer: Streamer | None = change_streamer(ports, streamer_id, {"paused": True})
    while streamer and streamer.recording_id:
        recording = ports.recordings.get(streamer.recording_id)
        if recording is None or recording.status is not RecordingStatus.RECORDING:
            break
        close_recording(ports, recording)  # the recorder finds out when it next renews its lease
        streamer = ports.monitors.get(streamer_id)
    ports.monitors.remove(streamer_id)
    _logger.info("%s is no longer watched", streamer_id)
