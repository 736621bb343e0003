"""The signed, expiring token in `/play/{token}/…`: it opens one recording, or one clip, to whoever holds the URL."""

import base64
import binascii
import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import datetime

from mntreamer.domain.errors import AccessDenied

_DIGEST_BYTES = 16


@dataclass(frozen=True, slots=True)
class Playable:
    """What a link opens: a recording, or of it that clip alone, for as long as there is that clip."""

    recording_id: str
    clip_id: str | None = None


def playback_key(api_token: str) -> bytes:
    """The key that signs: derived from the API's token, so that a new token ends all links made under the old one."""
    return hashlib.sha256(b"mntreamer playback\n" + api_token.encode()).digest()


def sign_playback(playable: Playable, expires_at: datetime, key: bytes) -> str:
    """A token of URL-safe characters."""
    clip = [playable.clip_id] if playable.clip_id else []
    claim = json.dumps([playable.recording_id, int(expires_at.timestamp()), *clip], separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(_digest(claim, key) + claim).decode().rstrip("=")


def read_playback(token: str, now: datetime, key: bytes) -> Playable:
    """What the token opens. Raises AccessDenied for one that is not ours or has expired."""
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except (binascii.Error, ValueError):
        raise AccessDenied("this playback link is damaged; copy it again") from None
    digest, claim = raw[:_DIGEST_BYTES], raw[_DIGEST_BYTES:]
    if not hmac.compare_digest(digest, _digest(claim, key)):
        raise AccessDenied("this playback link is not valid; ask for a new one")
    recording_id, expires, *clip = json.loads(claim)
    if expires < now.timestamp():
        raise AccessDenied("this playback link has expired; ask for a new one")
    return Playable(recording_id, clip[0] if clip else None)


def _digest(claim: bytes, key: bytes) -> bytes:
    return hmac.new(key, claim, hashlib.sha256).digest()[:_DIGEST_BYTES]
