"""Links to stored files, as S3's presigned URLs are: signed, expiring, good for one object."""

import hashlib
import hmac
from urllib.parse import quote

from mntreamer.domain.errors import AccessDenied
from mntreamer.ports import Clock

ROUTE = "/files/"


class LinkSigner:
    """Makes and checks `/files/{key}?expires=…&signature=…` with a secret key."""

    def __init__(self, secret: bytes, clock: Clock) -> None:
        self._secret = secret
        self._clock = clock

    def link(self, key: str, expires_s: int) -> str:
        """A path on this server; `expires_s` from now it is refused."""
        expires = str(int(self._clock().timestamp()) + expires_s)
        return f"{ROUTE}{quote(key)}?expires={expires}&signature={self._signature(key, expires)}"

    def public(self, key: str) -> str:
        """The path without a signature: it is answered only where public playback is on."""
        return ROUTE + quote(key)

    def check(self, key: str, expires: str, signature: str) -> None:
        """Raise AccessDenied unless the signature fits the key and has not expired."""
        if not hmac.compare_digest(self._signature(key, expires).encode(), signature.encode()):
            raise AccessDenied("this link's signature is wrong; ask for a new one")
        if int(expires) < self._clock().timestamp():
            raise AccessDenied("this link has expired; ask for a new one")

    def _signature(self, key: str, expires: str) -> str:
        return hmac.new(self._secret, f"file\n{expires}\n{key}".encode(), hashlib.sha256).hexdigest()
