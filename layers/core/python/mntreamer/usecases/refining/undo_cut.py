"""Cuts are taken back: what they hid is played again."""

from mntreamer.domain.recordings.recording import Recording
from mntreamer.ports import Ports
from mntreamer.usecases.refining.edit_recording import Edited, edit_recording


def undo_cut(ports: Ports, recording: Recording, cut_id: str) -> Edited:
    """Undo one; what is left. Raises NotFound, WrongState if its segments are deleted, and as `edit_recording`."""
    return edit_recording(ports, recording, lambda edited: edited.edits.without_cut(cut_id))


def undo_cuts(ports: Ports, recording: Recording) -> Edited:
    """Undo all, but those whose segments are deleted; what is left. Raises as `edit_recording` does."""
    return edit_recording(ports, recording, lambda edited: edited.edits.without_cuts())
