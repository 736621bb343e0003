"""A recording is refined: a person says that it is to stay as it is."""

from mntreamer.domain.recordings.lifecycle import confirmed
from mntreamer.domain.recordings.recording import Recording
from mntreamer.ports import Ports
from mntreamer.usecases.refining.rewrite_recording import rewrite_recording


def confirm_recording(ports: Ports, recording_id: str) -> Recording:
    """The recording, which is DONE. Raises NotFound and WrongState."""
    return rewrite_recording(ports, recording_id, confirmed)
