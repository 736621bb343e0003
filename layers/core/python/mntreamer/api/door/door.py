"""Who may in: the token, or a browser's session that was begun with it, opens everything but what is open anyway."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from mntreamer.api.door.session_cookie import sessions_in
from mntreamer.api.door.wrong_tokens import WrongTokens, address_of
from mntreamer.domain.errors import AccessDenied, MntreamerError, SettingMissing
from mntreamer.domain.playback_token import playback_key
from mntreamer.domain.same_origin import require_same_origin
from mntreamer.domain.session import session_end, session_key

PLAYBACK = "/play/"
_OPEN = ("/api/v1/health", "/api/v1/openapi.json", "/api/v1/docs", "/api/v1/session", "/console/", PLAYBACK)
_OPEN_ITSELF = {"/", "/favicon.ico"}
_HOW_TO = "send the token as 'Authorization: Bearer …'; the README says where to find it"


@dataclass(frozen=True, slots=True)
class Door:
    """`is_asked` is False only for a server that nobody but this machine can reach.

    Raises SettingMissing for an empty token, which everybody would have.
    """

    token: str = field(repr=False)
    is_asked: bool = True
    guesses: WrongTokens = field(default_factory=WrongTokens, repr=False)

    def __post_init__(self) -> None:
        if not self.token.strip():
            raise SettingMissing("the API's token is empty; nothing is opened with that")

    @property
    def playback_key(self) -> bytes:
        """What playback links are signed with."""
        return playback_key(self.token)

    @property
    def session_key(self) -> bytes:
        """What sessions are signed with."""
        return session_key(self.token)

    def check(self, event: dict[str, Any], now: datetime) -> None:
        """Pass what may in, which is everything where the path is open.

        `event`: as API Gateway sends it. Raises AccessDenied; TooManyGuesses for an address that has to wait; and
        NotSameOrigin where a session is used by somebody else's page.
        """
        path: str = event["rawPath"]
        if self.is_asked and path not in _OPEN_ITSELF and not path.startswith(_OPEN):
            self._require_right(event, now)

    def lets_in(self, event: dict[str, Any], now: datetime) -> bool:
        """Whether this request would be let in where the path is not open."""
        try:
            if self.is_asked:
                self._require_right(event, now)
        except MntreamerError:
            return False
        return True

    def session_end(self, event: dict[str, Any], now: datetime) -> datetime | None:
        """When the session ends that came with the request. None without one that is good."""
        ends = (session_end(session, now, self.session_key) for session in sessions_in(event))
        return next((end for end in ends if end), None)

    def _require_right(self, event: dict[str, Any], now: datetime) -> None:
        headers = event["headers"]
        if "authorization" in headers:
            self.guesses.compare(_bearer_token(headers), self.token, address_of(event), now)
        elif self.session_end(event, now):
            require_same_origin(event["requestContext"]["http"]["method"], headers)
        else:
            raise AccessDenied(_HOW_TO)


def _bearer_token(headers: Mapping[str, str]) -> str:
    """As in RFC 6750, 2.1. Raises AccessDenied for anything else."""
    scheme, _, token = headers["authorization"].partition(" ")
    if scheme.lower() != "bearer":
        raise AccessDenied(_HOW_TO)
    return token.strip()
