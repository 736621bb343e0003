"""A bundle of the past is fetched, made and stored, by one thread and at one go."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import requests

from mntreamer.domain.errors import NotFetched, SourceError
from mntreamer.domain.playlists.source_playlist import SegmentName
from mntreamer.domain.recordings.loss import Cause, Loss
from mntreamer.domain.segments.bundling import Bundle, Line
from mntreamer.domain.segments.window import SourceSegment, Window
from mntreamer.ports import MediaStore
from mntreamer.recorder.child.remuxer import Remuxer
from mntreamer.recorder.source.download import Download
from mntreamer.recorder.source.upstream import Headers
from mntreamer.recorder.storing.keep import Addressed
from mntreamer.recorder.storing.make import make


@dataclass(frozen=True, slots=True)
class Shown:
    """What is listed just now of a line whose epoch is known; `headers` go with requests for it."""

    epoch: int
    bundle_size: int
    window: Window
    headers: Headers


@dataclass(frozen=True, slots=True)
class Regained:
    """What of a run is stored now, and what is not, with what stood in the way."""

    names: tuple[SegmentName, ...] = ()
    lost: tuple[Loss, ...] = ()


class BundleFetcher:
    """In memory are one bundle and what is made of it. A store that takes nothing raises what it raises."""

    def __init__(self, store: MediaStore, prefix: str, session: requests.Session, remuxer: Remuxer) -> None:
        self._store = store
        self._prefix = prefix
        self._remuxer = remuxer
        self._session = session

    def fetch(self, shown: Shown, run: Sequence[SourceSegment], *, takes_less: bool) -> Regained:
        """What became of the run, which is of one bundle.

        Raises SourceError and NotFetched where something of it does not come, unless it `takes_less`, and OSError
        where nothing can be remuxed just now.
        """
        line = Line(shown.epoch, shown.bundle_size, run[0].sequence)
        line.wanted(Window(shown.window.target_duration_s, tuple(run)), "")
        self._fill(line, shown, run, takes_less=takes_less)
        bundles, lost = line.take(flush=True, at_end=True)
        kept = [self._kept(bundle) for bundle in bundles]
        names = tuple(name for each in kept for name in each.names)
        return Regained(names, (*lost, *(loss for each in kept for loss in each.lost)))

    def body(self, shown: Shown, segment: SourceSegment) -> bytes:
        """The bytes that are listed under it there. Raises SourceError and NotFetched."""
        return self._download(shown).fetched((shown.epoch, 0), segment).body

    def _fill(self, line: Line, shown: Shown, run: Sequence[SourceSegment], *, takes_less: bool) -> None:
        download = self._download(shown)
        starts = accumulate(segment.discontinuity for segment in run)
        for start, segment in zip(starts, run, strict=True):
            try:
                line.add(download.fetched((shown.epoch, start), segment))
            except (SourceError, NotFetched) as error:
                if not takes_less:
                    raise
                line.lose(segment.sequence, str(error))

    def _download(self, shown: Shown) -> Download:
        download = Download(self._session, 1)  # remembers no initialisation section but those of this run
        download.headers = shown.headers
        return download

    def _kept(self, bundle: Bundle) -> Regained:
        made = make(bundle, self._remuxer)
        for part in made.parts:
            Addressed(self._prefix, part.segment).keep(self._store, part.body)
        refused = bundle.losses(Cause.DAMAGED, str(made.refusal)) if made.refusal else ()
        return Regained(tuple(part.segment.name for part in made.parts), (*made.losses, *refused))
