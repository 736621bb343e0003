"""The signed, expiring token in `/play/{token}/…`: it opens one recording to whoever holds the URL."""

import base64
import binascii
import hashlib
import hmac
import json
from datetime import datetime

from mntreamer.domain.errors import AccessDenied

_DIGEST_BYTES = 16


def playback_key(api_token: str) -> bytes:
    """The key that signs: derived from the API's token, so that a new token ends all links made under the old one."""
    return hashlib.sha256(b"mntreamer playback\n" + api_token.encode()).digest()


def sign_playback(recording_id: str, expires_at: datetime, key: bytes) -> str:
    """A token of URL-safe characters."""
    claim = json.dumps([recording_id, int(expires_at.timestamp())], separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(_digest(claim, key) + claim).decode().rstrip("=")


def read_playback(token: str, now: datetime, key: bytes) -> str:
    """The recording's id. Raises AccessDenied for a token that is not ours or has expired."""
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except (binascii.Error, ValueError):
        raise AccessDenied("this playback link is damaged; copy it again") from None
    digest, claim = raw[:_DIGEST_BYTES], raw[_DIGEST_BYTES:]
    if not hmac.compare_digest(digest, _digest(claim, key)):
        raise AccessDenied("this playback link is not valid; ask for a new one")
    recording_id, expires = json.loads(claim)
    if expires < now.timestamp():
        raise AccessDenied("this playback link has expired; ask for a new one")
    return str(recording_id)


def _digest(claim: bytes, key: bytes) -> bytes:
    return hmac.new(key, claim, hashlib.sha256).digest()[:_DIGEST_BYTES]
