"""Which pictures of a recording there are, and of which segments the next ones are taken."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from mntreamer.domain.pictures.poster import Poster
from mntreamer.domain.pictures.thumbnail import COLUMNS, Thumbnail
from mntreamer.domain.playlists.source_playlist import Segment, SegmentName

EVERY_US = 60_000_000
_US = 1_000_000


@dataclass(frozen=True, slots=True)
class Storyboard:
    """`thumbnails` in the order in which they were taken; of the segments `without` none could be."""

    poster: Poster | None = None
    thumbnails: tuple[Thumbnail, ...] = ()
    without: tuple[SegmentName, ...] = ()

    def wanted(self, listed: Sequence[Segment]) -> Iterator[SegmentName]:
        """Of each minute of the source's line that has no picture the first segment that starts in it."""
        tried = {*self.without, *(thumbnail.segment for thumbnail in self.thumbnails)}
        minutes: dict[int, list[SegmentName]] = {}
        for segment, begin_us in zip(listed, begins_us(listed), strict=True):
            minutes.setdefault(begin_us // EVERY_US, []).append(segment.name)
        return (names[0] for names in minutes.values() if tried.isdisjoint(names))

    def with_picture(self, segment: SegmentName, width: int, height: int) -> "Storyboard":
        taken = Thumbnail(segment, self._next, width, height)
        return replace(self, thumbnails=(*self.thumbnails, taken))

    def with_none_of(self, segment: SegmentName) -> "Storyboard":
        return replace(self, without=(*self.without, segment))

    def with_poster(self, poster: Poster) -> "Storyboard":
        return replace(self, poster=poster)

    @property
    def sheets(self) -> set[int]:
        return {thumbnail.sheet for thumbnail in self.thumbnails}

    def on_sheet(self, sheet: int) -> list[Thumbnail]:
        return [thumbnail for thumbnail in self.thumbnails if thumbnail.sheet == sheet]

    @property
    def last_sheet(self) -> int:
        """0 where there is none."""
        return self.thumbnails[-1].sheet if self.thumbnails else 0

    @property
    def is_to_be_written(self) -> bool:
        """The first picture at once, then row by row: each write is of a whole sheet and of the whole track."""
        return self._next == 1 or self._next % COLUMNS == 0

    def without_any_of(self, segments: Collection[SegmentName]) -> "Storyboard":
        """Without the sheets and the poster that show one of these segments."""
        sheets = {thumbnail.sheet for thumbnail in self.thumbnails if thumbnail.segment in segments}
        kept = tuple(thumbnail for thumbnail in self.thumbnails if thumbnail.sheet not in sheets)
        poster = None if self.poster and self.poster.segment in segments else self.poster
        return replace(self, poster=poster, thumbnails=kept)

    @property
    def _next(self) -> int:
        return self.thumbnails[-1].number + 1 if self.thumbnails else 0


def begins_us(listed: Sequence[Segment]) -> list[int]:
    """When each segment begins on the source's line, in microseconds, as EXTINF is written."""
    lengths_us = (round(segment.duration_s * _US) for segment in listed)
    return list(accumulate(lengths_us, initial=0))[:-1]
