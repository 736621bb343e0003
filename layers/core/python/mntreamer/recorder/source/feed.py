"""The source as the recorder sees it: a playback URL that is renewed in time, and the windows read through it."""

import logging
import re
import time
from functools import partial
from urllib.parse import unquote

import requests

from mntreamer.domain.error_place import safe_text
from mntreamer.domain.errors import NotPlayable, PlatformError, SourceError
from mntreamer.domain.problem_code import ProblemCode
from mntreamer.domain.reason import Reason
from mntreamer.domain.segments.window import Window
from mntreamer.ports import Clock, Platform
from mntreamer.recorder.complaints import Complaints
from mntreamer.recorder.pace import Pace
from mntreamer.recorder.source.inquiry import where_it_is
from mntreamer.recorder.source.upstream import Headers, fetch_playlist, parse_playlist, read_window

_EXPIRY = re.compile(r"\bexp=(\d{9,11})\b")
_NOBODY = "no recorder was running"
_REFUSALS = 3
# So long a look waits for the first URL: who waits on is not told to stop.
_FIRST_WITHIN_S = 1.0
_logger = logging.getLogger(__name__)


class Feed:
    """One channel's live session, polled.

    `live_id` is the session that is being played, `rewinds` as in its playback; `refusal` says why it may not be, if
    it may not, `trouble` why it could not be read at last, `why_unseen` why nobody saw what had left the newest
    window before. A URL that fails or soon expires is resolved anew through the platform, no more often than the pace
    allows; until that succeeds the old one is used as long as there is one, however long the platform takes.
    """

    def __init__(
        self,
        session: requests.Session,
        platform: Platform,
        channel_id: str,
        max_height: int | None,
        clock: Clock,
        pace: Pace,
    ) -> None:
        self.live_id: str | None = None
        self.refusal: Reason | None = None
        self.trouble: Reason | None = None
        self.rewinds = False
        self.why_unseen = _NOBODY
        self.headers: Headers = ()
        self._session = session
        self._clock = clock
        self._pace = pace
        self._url: str | None = None
        self._where = where_it_is(session, platform, channel_id, max_height)
        self._complaints = Complaints(partial(_logger.warning, "%s"))
        self._look: tuple[bytes, str] | None = None
        self._seen: Window | None = None
        self._resolve_from_s = time.monotonic()
        self._is_suspect = True
        self._obstacle: str | None = None
        self._refused = 0
        self._looked_at_s = time.monotonic()
        self._has_seen = False

    def poll(self) -> Window | None:
        """What the source lists now; None if it lists nothing or cannot be read just now."""
        if self._must_resolve() and self._where.ask():
            self._resolve_from_s = time.monotonic() + self._pace.resolve_every_s
        self._take_resolved()
        if self._url is None:
            return None
        try:
            window = self._window(self._url)
        except (SourceError, PlatformError) as error:
            self._note(error)
            self._is_suspect = True
            return None
        self.refusal = self.trouble = None
        self._refused = 0
        if window:
            self._see()
        else:
            self._obstacle = "its playlist listed nothing"
        return window

    def _window(self, url: str) -> Window | None:
        """Half of all looks find the playlist as it was, which needs no reading."""
        look = fetch_playlist(self._session, url, self.headers)
        if look != self._look:
            self._seen = read_window(parse_playlist(*look))
            self._look = look
        return self._seen

    def is_on_all_the_same(self) -> None:
        """The platform says so, whatever was read of the source at last."""
        self._refused += self.refusal is not None

    @property
    def lasting_refusal(self) -> Reason | None:
        """The `refusal`, if it was one again and again while the stream was on."""
        return self.refusal if self._refused >= _REFUSALS else None

    def distrust(self) -> None:
        """Look for another playback URL: this one leads to a source that stands still."""
        self._is_suspect = True

    def close(self) -> None:
        """Look for nothing more."""
        self._where.close()

    def _must_resolve(self) -> bool:
        if time.monotonic() < self._resolve_from_s:
            return False
        expires_s = expires_at_s(self._url) if self._url else None
        soon_s = self._clock().timestamp() + self._pace.renew_url_before_s
        return self._is_suspect or (expires_s is not None and expires_s < soon_s)

    def _take_resolved(self) -> None:
        try:
            found = self._where.answer(0.0 if self._url else _FIRST_WITHIN_S)
        except (SourceError, PlatformError) as error:
            self._note(error)
            return
        if found:
            self._url = found.url
            self.headers = found.playback.headers
            self.live_id = found.playback.live_id
            self.rewinds = found.playback.rewinds
            self._is_suspect = False
            self._resolve_from_s = time.monotonic() + self._pace.resolve_every_s

    def _see(self) -> None:
        now_s = time.monotonic()
        self.why_unseen = _why_unseen(now_s - self._looked_at_s, self._obstacle, is_first=not self._has_seen)
        self._looked_at_s = now_s
        self._obstacle = None
        self._has_seen = True

    def _note(self, error: SourceError | PlatformError) -> None:
        self._obstacle = str(error)
        why = safe_text(error)
        self.trouble = Reason(f"the source cannot be read: {why}", ProblemCode.SOURCE_UNREADABLE, why)
        self._complaints.make(self.trouble)
        self.refusal = why if isinstance(error, NotPlayable) else None


def _why_unseen(apart_s: float, obstacle: str | None, *, is_first: bool) -> str:
    """What was between two looks at the source, or between a recorder's start and its first look."""
    blind = f"the source could not be read for {apart_s:.0f} s: {obstacle}"
    if is_first:
        return f"{_NOBODY}, and then {blind}" if obstacle else _NOBODY
    return blind if obstacle else f"the source moved on by more than its window in {apart_s:.0f} s"


def expires_at_s(url: str) -> float | None:
    """The earliest `exp=` that a signed URL carries in its query or path, in seconds since 1970."""
    return min((float(found) for found in _EXPIRY.findall(unquote(url))), default=None)
