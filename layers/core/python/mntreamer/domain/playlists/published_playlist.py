"""What people play, rendered from the text of the source playlist, the edits and the chapters, and from nothing else.

Entries are taken over as they are written: nothing is parsed but what a cut touches, and a tag that is not known here
is not lost. While a recording grows, removing a published segment ends playback in players that are at it; its
segments are marked with EXT-X-GAP instead (draft-pantos-hls-rfc8216bis, section 4.4.4.7). To mark those that were
published without it departs from the rule that such a playlist is only appended to (RFC 8216, section 6.2.1).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from mntreamer.domain.errors import SourceError
from mntreamer.domain.media_path import SEGMENTS
from mntreamer.domain.playlists.as_it_grew import as_it_grew
from mntreamer.domain.playlists.date_ranges import with_date_ranges
from mntreamer.domain.playlists.source_playlist import BACKFILLED
from mntreamer.domain.playlists.timeline import has_ended
from mntreamer.domain.recordings.chapter import Chapter
from mntreamer.domain.refining.edits import Edits, Span

_HEAD = re.compile(r"#EXTM3U\n(?:#EXT-X-(?:VERSION|TARGETDURATION|MEDIA-SEQUENCE):.*\n)*")
_EXTINF = re.compile(r"^#EXTINF", re.MULTILINE)
_URI = "\n" + SEGMENTS
_URIS = re.compile(re.escape(_URI) + "(.*)")
_DISCONTINUITY = "#EXT-X-DISCONTINUITY\n"
_ENDLIST = "#EXT-X-ENDLIST\n"
_PLAIN, _WITH_GAPS = "#EXT-X-VERSION:3\n", "#EXT-X-VERSION:8\n"


def render_published(source: str, edits: Edits, chapters: Sequence[Chapter] = ()) -> str:
    """The text of `index.m3u8`: a growing EVENT while the source has no ENDLIST, VOD without what is cut out after.

    Pure and idempotent: the same text, edits and chapters give the same bytes. Raises SourceError.
    """
    text = _Text.of(source)
    if not text.ended:
        return render_live(source, edits, chapters)
    return with_date_ranges(_vod(text.head, text.kept(edits), text.tail), chapters)


def render_live(source: str, edits: Edits, chapters: Sequence[Chapter] = ()) -> str:
    """An EVENT that keeps each segment it ever listed, also once the recording has ended: what is cut is a GAP.

    Chapters of what is cut are not told. What was backfilled is not in it: for those who watch it there is no time in
    front or in between for that.
    An ended one lists no gap behind the last segment that is played: hls.js would wait for it and never end.
    """
    text = _Text.of(source)
    marked = list(text.marked(edits))
    head = text.head.replace(_PLAIN, _WITH_GAPS) if len(marked) > 1 else text.head
    entries = as_it_grew("".join(marked))
    return with_date_ranges(f"{head}#EXT-X-PLAYLIST-TYPE:EVENT\n{entries}{text.tail}", chapters)


def render_clip(source: str, edits: Edits, span: Span, chapters: Sequence[Chapter] = ()) -> str:
    """A VOD of this span alone, without what is cut out of the recording, with the chapters that it shows."""
    text = _Text.of(source)
    begin, end = text.extent(span)
    return with_date_ranges(_vod(text.head, text.kept(edits, begin, end), _ENDLIST), chapters)


def _vod(head: str, kept: Iterable[str], tail: str) -> str:
    pieces = list(kept)
    joined = pieces[:1] + [_discontinuous(piece) for piece in pieces[1:]]
    return "".join([head, "#EXT-X-PLAYLIST-TYPE:VOD\n", *joined, tail]).replace(BACKFILLED, "")


def _discontinuous(entries: str) -> str:
    first_entry = entries[: entries.find(_URI) + 1]
    return entries if _DISCONTINUITY in first_entry else _DISCONTINUITY + entries


@dataclass(frozen=True)
class _Text:
    """A source playlist's text; its entries lie between `begin` and `end`."""

    source: str
    begin: int
    end: int

    @classmethod
    def of(cls, source: str) -> "_Text":
        """Raises SourceError for what is no playlist."""
        head = _HEAD.match(source)
        if not head:
            raise SourceError("a stored source playlist is damaged; its segments are untouched")
        last = source.rfind(_URI)
        return cls(source, head.end(), _end_of_line(source, last) if last >= 0 else head.end())

    @property
    def head(self) -> str:
        return self.source[: self.begin]

    @property
    def tail(self) -> str:
        return self.source[self.end :]

    @property
    def ended(self) -> bool:
        return has_ended(self.source)

    @cached_property
    def _uris(self) -> dict[str, int]:
        """Where the line break before each URI is: looked for all at once, as there may be a thousand cuts."""
        return {uri[1]: uri.start() for uri in _URIS.finditer(self.source)}

    def extent(self, span: Span) -> tuple[int, int]:
        """Where its entries begin and end; nowhere if one of its ends is not listed."""
        first, last = self._uris.get(span.first.file), self._uris.get(span.last.file)
        if first is None or last is None or last < first:
            return self.begin, self.begin
        before = self.source.rfind(_URI, 0, first)
        return (_end_of_line(self.source, before) if before >= 0 else self.begin), _end_of_line(self.source, last)

    def kept(self, edits: Edits, begin: int | None = None, end: int | None = None) -> Iterator[str]:
        """The entries between `begin` and `end` that no cut covers, as far as they hang together."""
        at, stop = self.begin if begin is None else begin, self.end if end is None else end
        for cut_begin, cut_end in self._cut_out(edits):
            if at < min(cut_begin, stop):
                yield self.source[at : min(cut_begin, stop)]
            at = max(at, cut_end)
        if at < stop:
            yield self.source[at:stop]

    def marked(self, edits: Edits) -> Iterator[str]:
        """All entries; those that a cut covers are gaps, but at the end of all. One piece where none is cut."""
        at = self.begin
        for cut_begin, cut_end in self._cut_out(edits):
            yield self.source[at:cut_begin]
            if cut_end < self.end or not self.ended:
                yield _EXTINF.sub("#EXT-X-GAP\n#EXTINF", self.source[cut_begin:cut_end])
            at = cut_end
        if at < self.end:
            yield self.source[at : self.end]

    def _cut_out(self, edits: Edits) -> list[tuple[int, int]]:
        """What the cuts cover, in order and apart from each other."""
        apart: list[tuple[int, int]] = []
        for begin, end in sorted(self.extent(cut.span) for cut in edits.cuts):
            if apart and begin <= apart[-1][1]:
                apart[-1] = apart[-1][0], max(end, apart[-1][1])
            elif begin < end:
                apart.append((begin, end))
        return apart


def _end_of_line(text: str, at: int) -> int:
    """Behind the line that begins after the line break at `at`."""
    end = text.find("\n", at + 1)
    return len(text) if end < 0 else end + 1
