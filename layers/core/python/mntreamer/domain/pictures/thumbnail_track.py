"""`thumbnails.vtt`: where on the source's line each small picture belongs, for players (WebVTT, W3C).

Each cue names the segment of which it is, and its payload a part of a sheet (Media Fragments URI 1.0, section 4.2.2).
The number behind the question mark counts the pictures in the sheet: a browser that has an earlier one asks anew.
What else is known of the pictures stands in a comment, so that whoever records next goes on with them.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from mntreamer.domain.errors import SourceError
from mntreamer.domain.media_path import THUMBNAILS
from mntreamer.domain.pictures.poster import Poster
from mntreamer.domain.pictures.storyboard import EVERY_US, Storyboard
from mntreamer.domain.pictures.thumbnail import Thumbnail, number_at, sheet_file
from mntreamer.domain.playlists.source_playlist import SEGMENT_FILE, SegmentName, parse_segment_name

THUMBNAIL_TRACK_TYPE = "text/vtt"
_TO = " --> "
_LONGEST_US = 2 * EVERY_US
_POSTER, _POSTER_FOR_NOW, _WITHOUT = "poster", "poster for now", "no picture of"
_CUE = re.compile(
    rf"^(?P<file>{SEGMENT_FILE})\n.*{_TO}.*\n{THUMBNAILS}(?P<sheet>[0-9]{{4,9}})\.jpg\?[0-9]+"
    r"#xywh=(?P<left>[0-9]{1,9}),(?P<top>[0-9]{1,9}),(?P<width>[0-9]{1,9}),(?P<height>[0-9]{1,9})$",
    re.MULTILINE,
)
_FACT = re.compile(rf"^(?P<what>{_POSTER}|{_POSTER_FOR_NOW}|{_WITHOUT}) (?P<file>{SEGMENT_FILE})$", re.MULTILINE)


def render_track(board: Storyboard, begins_us: Mapping[SegmentName, int]) -> str:
    """The text. `begins_us`: when each listed segment begins; what is not listed is not shown.

    Each picture stands until the next one, for two minutes at the most: what lost its own has none. The last stands
    for a minute.
    """
    listed = [thumbnail for thumbnail in board.thumbnails if thumbnail.segment in begins_us]
    shown = sorted(listed, key=lambda thumbnail: begins_us[thumbnail.segment])
    shown_us = [begins_us[thumbnail.segment] for thumbnail in shown]
    counts = Counter(thumbnail.sheet for thumbnail in board.thumbnails)
    cues = [_cue(*lasting, counts[lasting[0].sheet]) for lasting in zip(shown, _bounds_us(shown_us), strict=True)]
    return "\n".join(["WEBVTT\n", *_comment(board), *cues])


def parse_track(text: str) -> Storyboard:
    """What `render_track` was given. Raises SourceError for a text that it cannot have written."""
    cues = list(_CUE.finditer(text))
    if not text.startswith("WEBVTT\n") or len(cues) != text.count(_TO):
        raise SourceError("a track of thumbnails is damaged; the segments are untouched")
    facts = [(fact["what"], parse_segment_name(fact["file"])) for fact in _FACT.finditer(text)]
    posters = [Poster(name, what == _POSTER) for what, name in facts if what != _WITHOUT]
    return Storyboard(
        posters[0] if posters else None,
        tuple(sorted(map(_thumbnail, cues), key=lambda thumbnail: thumbnail.number)),
        tuple(name for what, name in facts if what == _WITHOUT),
    )


def _comment(board: Storyboard) -> Iterator[str]:
    facts = [f"{_WITHOUT} {name.file}" for name in board.without]
    if board.poster:
        facts.insert(0, f"{_POSTER if board.poster.is_good else _POSTER_FOR_NOW} {board.poster.segment.file}")
    if facts:
        yield "\n".join(["NOTE", *facts, ""])


def _bounds_us(begins_us: Sequence[int]) -> Iterator[tuple[int, int]]:
    ends_us = [*begins_us[1:], begins_us[-1] + EVERY_US] if begins_us else []
    for begin_us, end_us in zip(begins_us, ends_us, strict=True):
        yield begin_us, min(end_us, begin_us + _LONGEST_US)


def _cue(thumbnail: Thumbnail, bounds_us: tuple[int, int], on_sheet: int) -> str:
    place = f"{thumbnail.left},{thumbnail.top},{thumbnail.width},{thumbnail.height}"
    return (
        f"{thumbnail.segment.file}\n{_TO.join(map(_clock_time, bounds_us))}\n"
        f"{THUMBNAILS}{sheet_file(thumbnail.sheet)}?{on_sheet}#xywh={place}\n"
    )


def _clock_time(moment_us: int) -> str:
    seconds, ms = divmod(moment_us // 1000, 1000)
    minutes, second = divmod(seconds, 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{second:02d}.{ms:03d}"


def _thumbnail(cue: re.Match[str]) -> Thumbnail:
    number = number_at(int(cue["sheet"]), int(cue["left"]), int(cue["top"]))
    return Thumbnail(parse_segment_name(cue["file"]), number, int(cue["width"]), int(cue["height"]))
