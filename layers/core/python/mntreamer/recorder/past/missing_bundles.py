"""What of the past is to be fetched next: from the source's own window, or from what the platform shows beyond it.

And what of it will never come.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from mntreamer.domain.errors import SourceError
from mntreamer.domain.media_path import SEGMENTS
from mntreamer.domain.playlists.source_playlist import BEFORE_ALL, Segment, SegmentName, parse_segment_name
from mntreamer.domain.recordings.loss import Loss
from mntreamer.domain.recordings.recording import Recording
from mntreamer.domain.segments.backlog import Backlog
from mntreamer.domain.segments.bundling import not_fetched
from mntreamer.domain.segments.past import Past
from mntreamer.domain.segments.window import SourceSegment
from mntreamer.ports import Ports
from mntreamer.recorder.past.bundle_fetcher import BundleFetcher, Regained, Shown
from mntreamer.recorder.past.rewind import Rewind
from mntreamer.recorder.past.same_line import SameLine
from mntreamer.recorder.source.open_epoch import open_before_all

_REFUSED = "it was not asked for: the source gave nothing of what follows, however often that was asked for"
_TOO_LATE = "the recording ended before it was asked for"


@dataclass(frozen=True, slots=True)
class Errand:
    """Consecutive source segments of one bundle, of all that are `lacking`, to be fetched where they are shown."""

    shown: Shown
    run: Sequence[SourceSegment]
    lacking: Sequence[SourceSegment]
    backlog: Backlog

    @property
    def takes_less(self) -> bool:
        """Whether it is the last time that they are asked for, so that what comes of them is kept."""
        return self.backlog.is_last_try(self.run)

    def came(self, regained: Regained) -> list[Loss]:
        """What is given up now: what was asked for often enough, and what is not asked for because of that."""
        if sum(name.count for name in regained.names) >= len(self.run):
            self.backlog.came()
            return []
        is_over, before = self.takes_less, self.backlog.left(self.lacking)
        self.backlog.failed(self.run)
        kept = {segment.sequence for segment in (*self.run, *self.backlog.left(self.lacking))}
        never = [s for s in before if s.sequence not in kept]
        return [*(regained.lost if is_over else ()), *self.losses(never, _REFUSED)]

    def losses(self, segments: Iterable[SourceSegment], why: str) -> list[Loss]:
        """Of what is lacking, these will not come."""
        return [not_fetched(self.shown.epoch, segment, why) for segment in segments]


class MissingBundles:
    """Of one recording. What is stored of it is listed once; all that it does may take a while."""

    def __init__(self, ports: Ports, recording: Recording, rewind: Rewind, fetcher: BundleFetcher) -> None:
        self._ports = ports
        self._recording = recording
        self._rewind = rewind
        self._same_line = SameLine(fetcher)
        self._stored: set[SegmentName] | None = None
        self._begin: datetime | None = None
        self._backlogs: dict[int, Backlog] = {}
        self._exhausted: int | None = None
        self._newest: Errand | None = None

    def next(self, listed: Sequence[Segment], shown: Shown, live_id: str | None) -> Errand | None:
        """None while nothing is lacking that is to be had. With a `live_id` the platform may show more of it.

        Raises what the platform, the source, the store and the tables raise.
        """
        past = self._past(listed)
        lacking = past.lacks_of(shown.epoch, shown.window, self._ports.clock())
        self._newest = self._errand(shown, lacking) or (self._rewound(past, shown, live_id) if live_id else None)
        return self._newest

    def came(self, errand: Errand, regained: Regained) -> list[Loss]:
        """As `Errand.came`; nothing that is stored now is lacking any more."""
        self._stored = {*(self._stored or ()), *regained.names}
        return errand.came(regained)

    def left(self) -> list[Loss]:
        """What was lacking at the last look and would have been asked for yet."""
        if self._newest is None:
            return []
        names = [name for name in self._stored or () if name.epoch == self._newest.shown.epoch]
        has = {sequence for name in names for sequence in range(name.first, name.last + 1)}
        left = self._newest.backlog.left(self._newest.lacking)
        return self._newest.losses((s for s in left if s.sequence not in has), _TOO_LATE)

    def _rewound(self, past: Past, shown: Shown, live_id: str) -> Errand | None:
        """Once all that the platform shows is stored, it is looked at again for what is lost from then on."""
        if past.is_whole or past.holes == self._exhausted:
            return None
        rewound = self._rewind.look(live_id)
        if rewound is None:
            return None
        window, playback = rewound
        other = replace(shown, window=window, headers=playback.headers)
        if self._same_line.is_proved(shown, other, past.dates_of(shown.epoch)):
            errand = self._errand(other, past.lacks_of(shown.epoch, window, self._ports.clock()))
        else:
            errand = self._errand(replace(other, epoch=BEFORE_ALL), past.lacks_before_all(window))
        self._exhausted = None if errand else past.holes
        return errand

    def _errand(self, shown: Shown, lacking: Sequence[SourceSegment]) -> Errand | None:
        if not lacking:
            return None
        if shown.epoch == BEFORE_ALL:
            opened = open_before_all(self._ports.store, self._recording.prefix, shown.window)
            if opened is None:
                return None
            shown = replace(shown, bundle_size=opened.bundle_size)
        backlog = self._backlogs.setdefault(shown.epoch, Backlog())
        run = backlog.next(lacking, shown.bundle_size)
        return Errand(shown, run, lacking, backlog) if run else None

    def _past(self, listed: Sequence[Segment]) -> Past:
        if self._stored is None:
            self._begin = self._begin_of_all()
            self._stored = set(self._names())
        return Past(tuple(listed), self._stored, self._begin)

    def _begin_of_all(self) -> datetime | None:
        """Of a next part, and of what a streamer's filters let through late, nothing before is wanted."""
        streamer = self._ports.monitors.get(self._recording.streamer_id)
        is_from_the_begin = self._recording.part == 1 and not (streamer and streamer.filters)
        return self._recording.started_at if is_from_the_begin else None

    def _names(self) -> list[SegmentName]:
        names: list[SegmentName] = []
        for key in self._ports.store.list_keys(self._recording.prefix + SEGMENTS):
            with suppress(SourceError):  # the books tell of what does not belong there
                names.append(parse_segment_name(key))
        return names
