"""Chapters as a playlist tells them: EXT-X-DATERANGE (RFC 8216, section 4.3.2.7)."""

from collections.abc import Iterator, Sequence

from mntreamer.domain.playlists.chapter_places import ChapterPlace, chapter_places
from mntreamer.domain.recordings.chapter import Chapter
from mntreamer.domain.times import to_iso

_CLASS = "mntreamer.chapter"


def with_date_ranges(text: str, chapters: Sequence[Chapter]) -> str:
    """The playlist with a tag at each chapter's begin, of those of which something is played. Raises SourceError.

    Nothing may change under an ID: it holds the begin, and END-ON-NEXT tells the end without naming it.
    """
    return "".join(_spliced(text, chapter_places(text, chapters)))


def _spliced(text: str, places: Sequence[ChapterPlace]) -> Iterator[str]:
    done = 0
    for place in places:
        yield text[done : place.index]
        yield _tag(place)
        done = place.index
    yield text[done:]


def _tag(place: ChapterPlace) -> str:
    begin, topic = to_iso(place.begins_at), place.chapter.topic
    texts = {"X-MNTREAMER-TITLE": topic.title, "X-MNTREAMER-CATEGORY": topic.category}
    told = "".join(f",{name}={_quoted(value)}" for name, value in texts.items() if value)
    return f'#EXT-X-DATERANGE:ID="chapter-{begin}",CLASS="{_CLASS}",START-DATE="{begin}",END-ON-NEXT=YES{told}\n'


def _quoted(text: str) -> str:
    """A quoted-string, which holds no double quote (RFC 8216, section 4.2). Topics hold no line break."""
    return '"' + text.replace('"', "'") + '"'
