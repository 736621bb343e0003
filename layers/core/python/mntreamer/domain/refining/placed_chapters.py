"""Where on a recording's lines its chapters begin."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mntreamer.domain.playlists.chapter_places import chapter_places, place_us
from mntreamer.domain.playlists.published_playlist import render_published
from mntreamer.domain.recordings.chapter import Chapter
from mntreamer.domain.refining.edits import Edits


@dataclass(frozen=True, slots=True)
class PlacedChapter:
    """In microseconds on both lines: where it begins, None on a line that has nothing of it."""

    chapter: Chapter
    source_us: int | None
    published_us: int | None


def placed_chapters(chapters: Sequence[Chapter], source: str, edits: Edits) -> list[PlacedChapter]:
    """All of them, on the lines of this `source.m3u8` and of what is played of it. Raises SourceError."""
    recorded, played = _begins_us(source, chapters), _begins_us(render_published(source, edits), chapters)
    return [PlacedChapter(chapter, recorded.get(chapter), played.get(chapter)) for chapter in chapters]


def _begins_us(text: str, chapters: Sequence[Chapter]) -> Mapping[Chapter, int]:
    return {place.chapter: place_us(place, text) for place in chapter_places(text, chapters)}
