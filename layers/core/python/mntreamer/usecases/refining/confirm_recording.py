"""A recording is refined: a person says that it is to stay as it is."""

from mntreamer.domain.recordings.lifecycle import confirmed
from mntreamer.domain.recordings.recording import Recording
from mntreamer.ports import Ports
from mntreamer.usecases.refining.follow_deletion import follow_deletion
from mntreamer.usecases.refining.rewrite_recording import rewrite_recording


def confirm_recording(ports: Ports, recording_id: str) -> Recording:
    """The recording, which is DONE, and published also where a deletion broke off. Raises NotFound, WrongState."""
    return follow_deletion(ports, rewrite_recording(ports, recording_id, confirmed))
