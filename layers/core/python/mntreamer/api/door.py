"""Who may in: one token opens everything but health and playback, which carries a token of its own."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field

from mntreamer.domain.errors import AccessDenied, SettingMissing
from mntreamer.domain.playback_token import playback_key

PLAYBACK = "/play/"
_OPEN = ("/api/v1/health", PLAYBACK)


@dataclass(frozen=True, slots=True)
class Door:
    """`is_asked` is False only for a server that nobody but this machine can reach.

    Raises SettingMissing for an empty token, which everybody would have.
    """

    token: str = field(repr=False)
    is_asked: bool = True

    def __post_init__(self) -> None:
        if not self.token.strip():
            raise SettingMissing("the API's token is empty; nothing is opened with that")

    @property
    def playback_key(self) -> bytes:
        """What playback links are signed with."""
        return playback_key(self.token)

    def check(self, path: str, headers: Mapping[str, str]) -> None:
        """Raise AccessDenied unless the path is open or the token is right; comparing takes constant time.

        `headers`: names in lower case.
        """
        if not self.is_asked or path.startswith(_OPEN):
            return
        scheme, _, given = headers.get("authorization", "").partition(" ")
        fits = hmac.compare_digest(given.strip().encode(), self.token.encode())
        if scheme.lower() != "bearer" or not fits:
            raise AccessDenied("send the token as 'Authorization: Bearer …'; the README says where to find it")
