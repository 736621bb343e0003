"""What of the past is to be fetched next: from the source's own window, or from what the platform shows beyond it."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from mntreamer.domain.errors import SourceError
from mntreamer.domain.media_path import SEGMENTS
from mntreamer.domain.playlists.source_playlist import BEFORE_ALL, Segment, SegmentName, parse_segment_name
from mntreamer.domain.recordings.recording import Recording
from mntreamer.domain.segments.backlog import Backlog
from mntreamer.domain.segments.past import Past
from mntreamer.domain.segments.window import SourceSegment
from mntreamer.ports import Ports
from mntreamer.recorder.past.one_line import OneLine
from mntreamer.recorder.past.regain import Regain, Shown
from mntreamer.recorder.past.rewind import Rewind
from mntreamer.recorder.source.open_epoch import open_before_all


@dataclass(frozen=True, slots=True)
class Errand:
    """Consecutive source segments of one bundle, to be fetched where they are shown."""

    shown: Shown
    run: Sequence[SourceSegment]
    backlog: Backlog

    @property
    def takes_less(self) -> bool:
        """Whether it is the last time that they are asked for, so that what comes of them is kept."""
        return self.backlog.is_last_try(self.run)


class Lookback:
    """Of one recording. What is stored of it is listed once; all that it does may take a while."""

    def __init__(self, ports: Ports, recording: Recording, rewind: Rewind, regain: Regain) -> None:
        self._ports = ports
        self._recording = recording
        self._rewind = rewind
        self._one_line = OneLine(regain)
        self._stored: set[SegmentName] | None = None
        self._begin: datetime | None = None
        self._backlogs: dict[int, Backlog] = {}
        self._exhausted: int | None = None

    def next(self, listed: Sequence[Segment], shown: Shown, live_id: str | None) -> Errand | None:
        """None while nothing is lacking that is to be had. With a `live_id` the platform may show more of it.

        Raises what the platform, the source, the store and the tables raise.
        """
        past = self._past(listed)
        lacking = past.lacks_of(shown.epoch, shown.window, self._ports.clock())
        return self._errand(shown, lacking) or (self._rewound(past, shown, live_id) if live_id else None)

    def came(self, errand: Errand, names: Sequence[SegmentName]) -> None:
        """These are stored of it now; what is not did not come."""
        self._stored = {*(self._stored or ()), *names}
        if sum(name.count for name in names) < len(errand.run):
            errand.backlog.failed(errand.run)
        else:
            errand.backlog.came()

    def _rewound(self, past: Past, shown: Shown, live_id: str) -> Errand | None:
        """Once all that the platform shows is stored, it is looked at again for what is lost from then on."""
        if past.is_whole or past.holes == self._exhausted:
            return None
        rewound = self._rewind.look(live_id)
        if rewound is None:
            return None
        window, playback = rewound
        other = replace(shown, window=window, headers=playback.headers)
        if self._one_line.has(shown, other, past.dates_of(shown.epoch)):
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
        return Errand(shown, run, backlog) if run else None

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
