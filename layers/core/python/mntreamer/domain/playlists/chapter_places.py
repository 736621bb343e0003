"""Where in a playlist's text chapters begin, by its EXT-X-PROGRAM-DATE-TIME (RFC 8216, section 4.3.2.6)."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from mntreamer.domain.errors import SourceError
from mntreamer.domain.recordings.chapter import Chapter
from mntreamer.domain.times import from_iso, to_iso

_US = 1_000_000
_A_GAP = "#EXT-X-GAP\n"
_MORE_OF_ITS_ENTRY = r"(?:\n#(?!EXTINF|EXT-X-PROGRAM-DATE-TIME).*)*"
# As `to_iso` writes it: its texts sort as their times do.
_DATED = re.compile(
    r"^#EXT-X-PROGRAM-DATE-TIME:(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)$"
    rf"(?!{_MORE_OF_ITS_ENTRY}\n{_A_GAP})",
    re.MULTILINE,
)
_EXTINF = r"^#EXTINF:([0-9]{1,9}(?:\.[0-9]{1,9})?),"
_LENGTH = re.compile(_EXTINF, re.MULTILINE)
_PLAYED_LENGTH = re.compile(f"(?<!{_A_GAP}){_EXTINF}", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class ChapterPlace:
    """`begins_at` is when what is listed of the chapter begins, in the entry that was on air from `entry_at` on.

    `index` is where in the text that entry's date stands.
    """

    chapter: Chapter
    begins_at: datetime
    entry_at: datetime
    index: int


def chapter_places(text: str, chapters: Sequence[Chapter]) -> list[ChapterPlace]:
    """Those of which something is played. The first one lasts from the playlist's begin. Raises SourceError.

    A gap (EXT-X-GAP) is not played: what began in one begins behind it. An entry without a date belongs to the one
    before, and so does one whose date lies before that: a clock was set.
    """
    entries = _Entries(text)
    if not entries.dates:
        return []
    begins = [entries.begin(), *(entries.at(chapter) for chapter in chapters[1:])]
    ends = [chapter.at for chapter in chapters[1:]]
    places = []
    for number, (chapter, begin) in enumerate(zip(chapters, begins, strict=False)):
        if begin and (number == len(ends) or begin[0] < ends[number]):
            places.append(ChapterPlace(chapter, *begin))
    return places


def place_us(place: ChapterPlace, text: str) -> int:
    """When it begins on the playlist's line, on which gaps take their time, in microseconds."""
    within = (place.begins_at - place.entry_at) // timedelta(microseconds=1)
    return _sum_us(_LENGTH.findall(text, 0, place.index)) + within


def _sum_us(lengths_s: Iterable[str]) -> int:
    return sum(round(float(length_s) * _US) for length_s in lengths_s)


_Begin = tuple[datetime, datetime, int]


class _Entries:
    """The dated entries of a playlist that are played."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.dates: list[str] = []
        self._indices: list[int] = []
        for dated in _DATED.finditer(text):
            if not self.dates or dated[1] > self.dates[-1]:
                self.dates.append(dated[1])
                self._indices.append(dated.start())

    def begin(self, number: int = 0) -> _Begin:
        """With an entry."""
        date = self._date(number)
        return date, date, self._indices[number]

    def at(self, chapter: Chapter) -> _Begin | None:
        """Within an entry, or with the next one; None behind the last."""
        number = bisect_right(self.dates, to_iso(chapter.at)) - 1
        if number < 0:
            return self.begin()
        date = self._date(number)
        if chapter.at < date + self._length(number):
            return chapter.at, date, self._indices[number]
        return self.begin(number + 1) if number + 1 < len(self.dates) else None

    def _length(self, number: int) -> timedelta:
        """Until the next date, of what is played."""
        end = self._indices[number + 1] if number + 1 < len(self._indices) else len(self._text)
        played = _PLAYED_LENGTH.findall(self._text, self._indices[number], end)
        return timedelta(microseconds=_sum_us(played))

    def _date(self, number: int) -> datetime:
        try:
            return from_iso(self.dates[number])
        except ValueError:
            raise SourceError("a date in a stored playlist is none; its segments are untouched") from None
