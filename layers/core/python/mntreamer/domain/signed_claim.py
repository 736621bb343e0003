"""A claim that only who holds the key can have made: JSON behind its HMAC-SHA256, in URL-safe characters."""

import base64
import binascii
import hashlib
import hmac
import json
from typing import Any

_DIGEST_BYTES = 16


def derived_key(api_token: str, purpose: str) -> bytes:
    """The key for one purpose: a new token ends all that was signed under the old one, whatever it was for."""
    return hashlib.sha256(f"mntreamer {purpose}\n{api_token}".encode()).digest()


def sign(claim: list[Any], key: bytes) -> str:
    """The claim, which JSON can hold, as text."""
    text = json.dumps(claim, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(_digest(text, key) + text).decode().rstrip("=")


def read_signed(text: str, key: bytes) -> list[Any] | None:
    """The claim. None for what was not signed with this key."""
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        return None
    digest, claim = raw[:_DIGEST_BYTES], raw[_DIGEST_BYTES:]
    if not hmac.compare_digest(digest, _digest(claim, key)):
        return None
    signed: list[Any] = json.loads(claim)
    return signed


def _digest(claim: bytes, key: bytes) -> bytes:
    return hmac.new(key, claim, hashlib.sha256).digest()[:_DIGEST_BYTES]
