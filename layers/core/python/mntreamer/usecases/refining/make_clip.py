"""A piece of a recording gets a playlist of its own, and a link to it: over the same segments, nothing is copied."""

from uuid import uuid4

from mntreamer.domain.errors import NotFound
from mntreamer.domain.playlists.timelines import Asked, Timelines
from mntreamer.domain.recordings.recording import Recording
from mntreamer.domain.refining.clipping import PlacedClip, clip_span, placed_clips, with_clip
from mntreamer.domain.refining.edits import Clip, Edits
from mntreamer.domain.refining.idempotency import OneRequest
from mntreamer.ports import Ports
from mntreamer.usecases.refining.edit_once import edit_once
from mntreamer.usecases.refining.edit_recording import Edited, edits_of


def make_clip(
    ports: Ports, recording: Recording, asked: Asked, title: str, request: OneRequest | None = None
) -> PlacedClip:
    """The clip that holds the range, or the one that the same request made before.

    Raises Unprocessable for a range of which there is no clip, NotFound if the one made before is deleted since, and
    as `edit_recording` does.
    """
    clip_id, now = uuid4().hex[:12], ports.clock()

    def make(edited: Edited) -> tuple[Edits, str]:
        span = clip_span(asked, Timelines(edited.timeline, edited.edits))
        return with_clip(edited.edits, Clip(clip_id, title, span, now)), clip_id

    made = edit_once(ports, recording, request, make)
    return _clip(edits_of(ports, recording), made)


def _clip(edited: Edited, clip_id: str) -> PlacedClip:
    for placed in placed_clips(Timelines(edited.timeline, edited.edits)):
        if placed.clip.clip_id == clip_id:
            return placed
    raise NotFound(f"the clip {clip_id} that this request made was deleted since")
