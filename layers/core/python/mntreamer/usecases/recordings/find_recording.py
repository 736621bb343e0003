"""The recording that somebody names."""

from mntreamer.correlation import correlate
from mntreamer.domain.errors import NotFound
from mntreamer.domain.recordings.recording import Recording
from mntreamer.ports import Ports


def find_recording(ports: Ports, recording_id: str) -> Recording:
    """Also by the id of a later live session that it went on in. Raises NotFound."""
    recording = ports.recordings.get(recording_id)
    if recording is None:
        raise NotFound(f"there is no recording {recording_id}")
    correlate(recording.prefix)
    return recording
