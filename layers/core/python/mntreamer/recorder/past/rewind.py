"""What a platform shows of the past beyond the source's own window."""

import time
from dataclasses import replace
from math import inf

import requests

from mntreamer.domain.errors import SourceError
from mntreamer.domain.monitors.probe import Playback
from mntreamer.domain.segments.window import SourceSegment, Window
from mntreamer.ports import Platform
from mntreamer.recorder.pace import Pace
from mntreamer.recorder.source.inquiry import Rendition
from mntreamer.recorder.source.upstream import fetch_playlist, find_rendition, parse_playlist, read_window


class Rewind:
    """One channel's. The platform is asked again only once what it answered is of no use any more, and seldom.

    All that it does may take a while: it is for a thread of its own.
    """

    def __init__(
        self, session: requests.Session, platform: Platform, channel_id: str, max_height: int | None, pace: Pace
    ) -> None:
        self._session = session
        self._platform = platform
        self._channel_id = channel_id
        self._max_height = max_height
        self._pace = pace
        self._found: Rendition | None = None
        self._window: Window | None = None
        self._ask_from_s = -inf
        self._look_from_s = -inf

    def look(self, live_id: str | None) -> tuple[Window, Playback] | None:
        """What is listed there of this live session; None where nothing is, or it is too soon to ask again.

        Raises SourceError and PlatformError.
        """
        found = self._found or self._resolved(live_id)
        if found is None:
            return None
        if time.monotonic() >= self._look_from_s:
            self._look_from_s = time.monotonic() + self._pace.look_back_every_s
            self._window = self._read(found)
        return (self._window, found.playback) if self._window else None

    def distrust(self) -> None:
        """What is listed there is not to be had."""
        self._found = None
        self._look_from_s = -inf

    def _resolved(self, live_id: str | None) -> Rendition | None:
        if time.monotonic() < self._ask_from_s:
            return None
        self._ask_from_s = time.monotonic() + self._pace.rewind_every_s
        playback = self._platform.rewind(self._channel_id)
        if playback is None or playback.live_id != live_id:
            self._ask_from_s = inf
            return None
        self._found = Rendition(playback, find_rendition(self._session, playback, self._max_height))
        return self._found

    def _read(self, found: Rendition) -> Window | None:
        try:
            look = fetch_playlist(self._session, found.url, found.playback.headers)
            window = read_window(parse_playlist(*look))
        except SourceError:
            self.distrust()
            raise
        query = found.playback.segment_query
        return replace(window, segments=tuple(_asked_with(query, s) for s in window.segments)) if window else None


def _asked_with(query: str, segment: SourceSegment) -> SourceSegment:
    name = query.partition("=")[0]
    if not query or f"{name}=" in segment.url:
        return segment
    return replace(segment, url=f"{segment.url}{'&' if '?' in segment.url else '?'}{query}")
