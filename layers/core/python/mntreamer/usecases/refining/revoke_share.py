"""A share is revoked: its link opens nothing any more. What was shared stays, and so do other links to it."""

from mntreamer.domain.recordings.recording import Recording
from mntreamer.domain.refining.sharing import without_share
from mntreamer.ports import Ports
from mntreamer.usecases.refining.edit_recording import edit_recording


def revoke_share(ports: Ports, recording: Recording, share_id: str) -> None:
    """Raises NotFound, and as `edit_recording` does."""
    edit_recording(ports, recording, lambda edited: without_share(edited.edits, share_id))
