"""A marker is taken away."""

from mntreamer.domain.recordings.recording import Recording
from mntreamer.domain.refining.marking import without_marker
from mntreamer.ports import Ports
from mntreamer.usecases.refining.edit_recording import edit_recording


def delete_marker(ports: Ports, recording: Recording, marker_id: str) -> None:
    """Raises NotFound, and as `edit_recording` does."""
    edit_recording(ports, recording, lambda edited: without_marker(edited.edits, marker_id))
