"""A marker is taken away."""

from mntreamer.domain.marking import without_marker
from mntreamer.domain.recording import Recording
from mntreamer.ports import Ports
from mntreamer.usecases.edit_recording import edit_recording


def delete_marker(ports: Ports, recording: Recording, marker_id: str) -> None:
    """Raises NotFound, and as `edit_recording` does."""
    edit_recording(ports, recording, lambda edited: without_marker(edited.edits, marker_id))
