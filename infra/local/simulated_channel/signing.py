"""Akamai's tokens as CHZZK nests them: `hdnts` in the master playlist's query, `hdntl` in the path below."""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from fnmatch import fnmatchcase


@dataclass(frozen=True, slots=True)
class Signer:
    """Makes and checks tokens that live for `life_s` seconds by `clock`."""

    key: bytes = field(repr=False)
    life_s: float
    clock: Callable[[], datetime]

    def hdnts(self, acl: str) -> str:
        """`st=…~exp=…~acl=…~hmac=…`, good for the paths that match the pattern `acl`."""
        now_s = self.clock().timestamp()
        return self._signed("hdnts", f"st={int(now_s)}~exp={int(now_s + self.life_s)}~acl={acl}")

    def hdntl(self, acl: str) -> str:
        """`exp=…~acl=…~data=hdntl~hmac=…`, not yet escaped for a path."""
        now_s = self.clock().timestamp()
        return self._signed("hdntl", f"exp={int(now_s + self.life_s)}~acl={acl}~data=hdntl")

    def opens(self, name: str, token: str, path: str) -> bool:
        """Whether the token was made here under this name, has not expired and covers the path."""
        text, _, digest = token.rpartition("~hmac=")
        if not hmac.compare_digest(digest.encode(), self._digest(name, text).encode()):
            return False
        fields = dict(part.split("=", 1) for part in text.split("~"))
        return int(fields["exp"]) > self.clock().timestamp() and fnmatchcase(path, fields["acl"])

    def _signed(self, name: str, text: str) -> str:
        return f"{text}~hmac={self._digest(name, text)}"

    def _digest(self, name: str, text: str) -> str:
        return hmac.new(self.key, f"{name}={text}".encode(), hashlib.sha256).hexdigest()
