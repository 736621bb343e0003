"""The signed, expiring token in `/play/{token}/…`: it opens one recording, or one clip, to whoever holds the URL."""

from dataclasses import dataclass
from datetime import datetime

from mntreamer.domain.errors import AccessDenied, Gone
from mntreamer.domain.signed_claim import derived_key, read_signed, sign


@dataclass(frozen=True, slots=True)
class Playable:
    """What a link opens: a recording, or of it that clip alone, for as long as there is that clip.

    With `share_id` also only for as long as that share is not revoked.
    """

    recording_id: str
    clip_id: str | None = None
    share_id: str | None = None


def playback_key(api_token: str) -> bytes:
    """The key that signs: derived from the API's token, so that a new token ends all links made under the old one."""
    return derived_key(api_token, "playback")


def sign_playback(playable: Playable, expires_at: datetime, key: bytes) -> str:
    """A token of URL-safe characters."""
    claim = [playable.recording_id, int(expires_at.timestamp()), playable.clip_id, playable.share_id]
    while claim[-1] is None:
        claim.pop()
    return sign(claim, key)


def read_playback(token: str, now: datetime, key: bytes) -> Playable:
    """What the token opens. Raises AccessDenied for one that is not ours, Gone for one that has expired."""
    claim = read_signed(token, key)
    if claim is None:
        raise AccessDenied("this playback link is not valid; copy it again, or ask for a new one")
    recording_id, expires, *of_it = claim
    if expires < now.timestamp():
        raise Gone("this playback link has expired; ask for a new one")
    return Playable(recording_id, *of_it)
