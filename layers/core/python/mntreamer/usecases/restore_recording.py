"""A deleted recording comes back, as long as none of its objects is gone."""

from mntreamer.domain.lifecycle import restored
from mntreamer.domain.recording import Recording
from mntreamer.ports import Ports
from mntreamer.usecases.follow_deletion import follow_deletion
from mntreamer.usecases.rewrite_recording import rewrite_recording


def restore_recording(ports: Ports, recording_id: str) -> Recording:
    """The recording in the state that it was deleted in. Raises NotFound and WrongState."""
    return follow_deletion(ports, rewrite_recording(ports, recording_id, restored))
