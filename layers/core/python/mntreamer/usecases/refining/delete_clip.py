"""A clip is deleted: its links open nothing any more. What it was made of stays."""

from mntreamer.domain.recordings.recording import Recording
from mntreamer.domain.refining.clipping import without_clip
from mntreamer.ports import Ports
from mntreamer.usecases.refining.edit_recording import edit_recording


def delete_clip(ports: Ports, recording: Recording, clip_id: str) -> None:
    """Raises NotFound, and as `edit_recording` does."""
    edit_recording(ports, recording, lambda edited: without_clip(edited.edits, clip_id))
