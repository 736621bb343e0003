"""A recording, or one clip of it, is shared with people who have no token: by a link that ends."""

from datetime import timedelta
from secrets import token_hex

from mntreamer.domain.errors import Gone
from mntreamer.domain.recordings.recording import Recording
from mntreamer.domain.refining.edits import Edits, Share
from mntreamer.domain.refining.idempotency import OneRequest
from mntreamer.domain.refining.sharing import with_share
from mntreamer.ports import Ports
from mntreamer.usecases.refining.edit_once import edit_once
from mntreamer.usecases.refining.edit_recording import Edited
from mntreamer.usecases.refining.read_edits import read_edits


def share_recording(
    ports: Ports, recording: Recording, clip_id: str | None, life: timedelta, request: OneRequest | None = None
) -> Share:
    """The share, or the one that the same request made before.

    Raises NotFound where there is no such clip, Unprocessable beyond 1,000, Gone if the one made before is revoked
    or expired since, and as `edit_recording` does.
    """
    share_id, now = token_hex(6), ports.clock()
    expires_at = (now + life).replace(microsecond=0)  # as exact as the link is

    def share(edited: Edited) -> tuple[Edits, str]:
        return with_share(edited.edits, Share(share_id, clip_id, now, expires_at)), share_id

    made = edit_once(ports, recording, request, share)
    edits, _ = read_edits(ports.store, recording.prefix)
    for known in edits.shares:
        if known.share_id == made:
            return known
    raise Gone(f"the share {made} that this request made was revoked since")
