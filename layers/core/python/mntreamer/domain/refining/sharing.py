"""Shares: links that people are given, each of which can be revoked by itself.

Who holds one sees what is published and nothing else: what is cut out stays hidden, also by its name.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from operator import attrgetter

from mntreamer.domain.errors import Gone, NotFound
from mntreamer.domain.playback_token import Playable
from mntreamer.domain.playlists.source_playlist import SegmentName
from mntreamer.domain.refining.bounded import with_one_more, without_one
from mntreamer.domain.refining.edits import Clip, Edits, Share

SHORTEST_S = 60
LONGEST_S = 366 * 86_400


def with_share(edits: Edits, share: Share) -> Edits:
    """The edits with one share more, and without those that have expired.

    Raises NotFound where its clip is not there, Unprocessable beyond 1,000.
    """
    if share.clip_id:
        clip_in(edits, share.clip_id)
    return replace(edits, shares=with_one_more(tuple(current_shares(edits, share.made_at)), share, "share"))


def without_share(edits: Edits, share_id: str) -> Edits:
    """The edits without this share. Raises NotFound."""
    return replace(edits, shares=without_one(edits.shares, share_id, attrgetter("share_id"), "share"))


def current_shares(edits: Edits, now: datetime) -> Sequence[Share]:
    """Those that have not expired, and whose clip, if they are of one, is there; the oldest first."""
    clips = {clip.clip_id for clip in edits.clips}
    return [
        share
        for share in edits.shares
        if now < share.expires_at and (share.clip_id is None or share.clip_id in clips)
    ]


def require_shown(playable: Playable, segment: SegmentName, edits: Edits) -> None:
    """Raise NotFound for a segment that is not of what is shared, or cut out of it; Gone as `require_shared`."""
    require_shared(playable, edits)
    if playable.clip_id and not clip_in(edits, playable.clip_id).span.holds(segment):
        raise NotFound("this segment is not of this clip")
    if any(cut.span.holds(segment) for cut in edits.cuts):
        raise NotFound("this segment is cut out")


def require_shared(playable: Playable, edits: Edits) -> None:
    """Raise Gone for a share that was revoked."""
    if playable.share_id and playable.share_id not in {share.share_id for share in edits.shares}:
        raise Gone("this link was revoked; ask for a new one")


def clip_in(edits: Edits, clip_id: str) -> Clip:
    """Raises NotFound."""
    clip = next((clip for clip in edits.clips if clip.clip_id == clip_id), None)
    if clip is None:
        raise NotFound("there is no such clip; it may have been deleted")
    return clip
