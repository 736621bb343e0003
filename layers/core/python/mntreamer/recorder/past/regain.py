"""A bundle of the past is fetched, made and stored, by one thread and at one go."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import requests

from mntreamer.domain.errors import NotFetched, SourceError
from mntreamer.domain.playlists.source_playlist import SegmentName
from mntreamer.domain.segments.bundling import Bundle, Fetched, Line
from mntreamer.domain.segments.window import SourceSegment, Window
from mntreamer.ports import MediaStore
from mntreamer.recorder.child.remuxer import Remuxer
from mntreamer.recorder.source.download import Download
from mntreamer.recorder.source.upstream import Headers
from mntreamer.recorder.storing.keep import Addressed
from mntreamer.recorder.storing.make import Part, make


@dataclass(frozen=True, slots=True)
class Shown:
    """What is listed just now of a line whose epoch is known; `headers` go with requests for it."""

    epoch: int
    bundle_size: int
    window: Window
    headers: Headers


class Regain:
    """In memory are one bundle and what is made of it. A store that takes nothing raises what it raises."""

    def __init__(self, store: MediaStore, prefix: str, session: requests.Session, remuxer: Remuxer) -> None:
        self._store = store
        self._prefix = prefix
        self._remuxer = remuxer
        self._session = session

    def regain(self, shown: Shown, run: Sequence[SourceSegment], *, takes_less: bool) -> list[SegmentName]:
        """What of the run, which is of one bundle, is stored now.

        Raises SourceError and NotFetched where something of it does not come, unless it `takes_less`, and OSError
        where nothing can be remuxed just now.
        """
        bundles = self._bundles(shown, run, takes_less=takes_less)
        return [self._keep(part) for bundle in bundles for part in make(bundle, self._remuxer).parts]

    def body(self, shown: Shown, segment: SourceSegment) -> bytes:
        """The bytes that are listed under it there. Raises SourceError and NotFetched."""
        return self._fetched(shown, [segment], takes_less=False)[0].body

    def _bundles(self, shown: Shown, run: Sequence[SourceSegment], *, takes_less: bool) -> list[Bundle]:
        line = Line(shown.epoch, shown.bundle_size, run[0].sequence)
        line.wanted(Window(shown.window.target_duration_s, tuple(run)), "")
        for fetched in self._fetched(shown, run, takes_less=takes_less):
            line.add(fetched)
        bundles, _ = line.take(flush=True, at_end=True)
        return bundles

    def _fetched(self, shown: Shown, run: Sequence[SourceSegment], *, takes_less: bool) -> list[Fetched]:
        download = Download(self._session, 1)  # remembers no initialisation section but those of this run
        download.headers = shown.headers
        starts = accumulate(segment.discontinuity for segment in run)
        came: list[Fetched] = []
        for start, segment in zip(starts, run, strict=True):
            try:
                came.append(download.fetched((shown.epoch, start), segment))
            except (SourceError, NotFetched):
                if not takes_less:
                    raise
        return came

    def _keep(self, part: Part) -> SegmentName:
        Addressed(self._prefix, part.segment).keep(self._store, part.body)
        return part.segment.name
