"""Chapters in the playlists: where they begin, through gaps and cuts, and as every reader must take them."""

import re
from datetime import datetime, timedelta

import m3u8
import pytest

from mntreamer.domain.errors import SourceError
from mntreamer.domain.monitors.topic import Topic, topic_of
from mntreamer.domain.playlists.date_ranges import with_date_ranges
from mntreamer.domain.playlists.published_playlist import render_clip, render_live, render_published
from mntreamer.domain.playlists.source_playlist import Segment, SegmentName, SourcePlaylist, render_source
from mntreamer.domain.recordings.chapter import Chapter
from mntreamer.domain.refining.edits import Cut, Edits, Span
from mntreamer.domain.times import to_iso
from tests.contract.records import NOON

OPENED = NOON + timedelta(seconds=3)
HOSTILE = [
    'say "hi",X-EVIL="1"',
    "one\r\n#EXT-X-ENDLIST\ntwo",
    "x" * 10_000,
    "🎮👩‍👩‍👧",
    "a,b=c",
    "\\",
    "half \ud83d",
    "'",
]


def _at(second: float) -> datetime:
    return NOON + timedelta(seconds=second)


def _source(*begins_s: float, ended: bool = True) -> str:
    """Segments of six seconds, on air from then on."""
    segments = (Segment(_name(number), 6.0, _at(begin_s)) for number, begin_s in enumerate(begins_s))
    return render_source(SourcePlaylist(6, tuple(segments), ended))


def _name(number: int) -> SegmentName:
    return SegmentName(0, number, number)


def _chapters(*ats_s: float) -> list[Chapter]:
    """One at the begin, and one that is named after each of these seconds."""
    return [Chapter(OPENED, Topic("begin", "talk")), *(Chapter(_at(at_s), Topic(f"{at_s:g}", "")) for at_s in ats_s)]


def _told(text: str) -> list[tuple[str, str, int]]:
    """Title and begin of each chapter, and the number of the segment that its tag stands at."""
    found = re.finditer(r'#EXT-X-DATERANGE:.*START-DATE="(.*?)".*X-MNTREAMER-TITLE="(.*?)"', text)
    return [(tag[2], tag[1], text.count(".ts\n", 0, tag.start())) for tag in found]


def _cut(first: int, last: int) -> Edits:
    return Edits(cuts=(Cut("cut", Span(_name(first), _name(last)), NOON),))


def test_the_first_lasts_from_the_begin_and_others_from_when_they_were_seen() -> None:
    text = render_published(_source(0, 6, 12), Edits(), _chapters(7.5))

    assert _told(text) == [("begin", to_iso(NOON), 0), ("7.5", to_iso(_at(7.5)), 1)]
    assert (
        f'#EXT-X-DATERANGE:ID="chapter-{to_iso(NOON)}",CLASS="mntreamer.chapter",START-DATE="{to_iso(NOON)}",'
        'END-ON-NEXT=YES,X-MNTREAMER-TITLE="begin",X-MNTREAMER-CATEGORY="talk"\n'
    ) in text


def test_what_is_seen_in_a_gap_begins_behind_it() -> None:
    assert _told(with_date_ranges(_source(0, 30), _chapters(10)))[1] == ("10", to_iso(_at(30)), 1)


def test_of_two_in_one_gap_only_the_last_is_there() -> None:
    assert [title for title, _, _ in _told(with_date_ranges(_source(0, 30), _chapters(10, 20)))] == ["begin", "20"]


def test_what_began_before_the_first_segment_takes_the_first_ones_place() -> None:
    assert _told(with_date_ranges(_source(10, 16), _chapters(5))) == [("5", to_iso(_at(10)), 0)]


def test_one_waits_for_its_segment() -> None:
    chapters = _chapters(13)

    assert len(_told(with_date_ranges(_source(0, 6, ended=False), chapters))) == 1
    assert len(_told(with_date_ranges(_source(0, 6, 12, ended=False), chapters))) == 2


def test_while_it_grows_no_tag_changes_and_none_goes() -> None:
    begins_s, chapters = [0.0, 6, 12, 40, 46, 52], _chapters(7, 20, 47)
    before: list[str] = []
    for count in range(1, len(begins_s) + 1):
        text = render_live(_source(*begins_s[:count], ended=False), _cut(1, 1), chapters)
        tags = [line for line in text.splitlines() if line.startswith("#EXT-X-DATERANGE")]
        assert tags[: len(before)] == before
        before = tags

    assert len(before) == 4


def test_a_chapter_that_is_cut_out_is_not_told_and_one_that_is_half_cut_out_begins_behind() -> None:
    source, chapters = _source(0, 6, 12, 18, 24), _chapters(7, 12)

    assert _told(render_published(source, _cut(1, 1), chapters)) == [
        ("begin", to_iso(NOON), 0),
        ("12", to_iso(_at(12)), 1),
    ]
    assert _told(render_published(source, _cut(1, 2), chapters))[1] == ("12", to_iso(_at(18)), 1)
    assert _told(render_published(source, _cut(0, 2), chapters)) == [("12", to_iso(_at(18)), 0)]


def test_undoing_a_cut_gives_all_back() -> None:
    source, chapters = _source(0, 6, 12), _chapters(7, 13)
    before = render_published(source, Edits(), chapters)

    assert render_published(source, _cut(1, 1), chapters) != before
    assert render_published(source, _cut(1, 1).without_cuts(), chapters) == before


def test_those_who_watch_live_are_not_told_of_what_is_cut_out() -> None:
    told = _told(render_live(_source(0, 6, 12, 18, ended=False), _cut(1, 1), _chapters(7, 8, 19)))

    assert told == [("begin", to_iso(NOON), 0), ("8", to_iso(_at(12)), 2), ("19", to_iso(_at(19)), 3)]


@pytest.mark.parametrize(("first", "last"), [(first, last) for last in range(6) for first in range(last + 1)])
@pytest.mark.parametrize("ended", [True, False])
def test_whatever_is_cut_out_live_tells_what_is_told_afterwards(first: int, last: int, *, ended: bool) -> None:
    begins_s, chapters, cut = (0, 6, 12, 30, 30, 42), _chapters(5, 7, 12, 20, 31, 43), _cut(first, last)
    live = _told(render_live(_source(*begins_s, ended=ended), cut, chapters))
    afterwards = _told(render_published(_source(*begins_s), cut, chapters))

    assert [(title, begin) for title, begin, _ in live] == [(title, begin) for title, begin, _ in afterwards]


def test_what_is_cut_out_is_not_told_of_wherever_its_entry_has_its_date() -> None:
    source = _source(0, 6, 12, ended=False).replace("#EXTINF", "#EXT-X-OTHER:1\n#EXTINF")

    assert [title for title, _, _ in _told(render_live(source, _cut(1, 1), _chapters(7, 12)))] == ["begin", "12"]


def test_a_clip_tells_what_it_shows() -> None:
    text = render_clip(_source(0, 6, 12, 18), Edits(), Span(_name(1), _name(2)), _chapters(2, 13, 19))

    assert _told(text) == [("2", to_iso(_at(6)), 0), ("13", to_iso(_at(13)), 1)]


def test_without_dates_there_are_no_ranges() -> None:
    playlist = SourcePlaylist(6, (Segment(_name(0), 6.0),), ended=True)

    assert "DATERANGE" not in render_published(render_source(playlist), Edits(), _chapters(2))


def test_an_entry_without_a_date_belongs_to_the_one_before() -> None:
    segments = (Segment(_name(0), 6.0, NOON), Segment(_name(1), 6.0), Segment(_name(2), 6.0, _at(12)))

    assert _told(with_date_ranges(render_source(SourcePlaylist(6, segments)), _chapters(8)))[1] == (
        "8", to_iso(_at(8)), 0,
    )  # fmt: skip


def test_a_clock_that_is_set_back_moves_no_chapter_before_another() -> None:
    told = _told(with_date_ranges(_source(0, 6, -3600, -3594, 12), _chapters(7, 13)))

    assert [(title, entry) for title, _, entry in told] == [("begin", 0), ("7", 1), ("13", 4)]


def test_a_date_that_is_none_is_damage() -> None:
    with pytest.raises(SourceError):
        with_date_ranges(_source(0, 6).replace("2026-11-22", "2026-13-32"), _chapters(2))


@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_title_breaks_out_of_its_string(hostile: str) -> None:
    source = _source(0, 6)
    chapters = [Chapter(OPENED, topic_of(hostile, hostile))]

    text = render_published(source, Edits(), chapters)
    [tag] = [line for line in text.splitlines() if "DATERANGE" in line]
    read = m3u8.loads(text)

    assert re.fullmatch(r'#EXT-X-DATERANGE:([A-Z-]+=("[^"]*"|YES)(,|$)){6}', tag)
    assert len(tag) < 800
    assert text.encode().decode() == text
    assert text.replace(f"{tag}\n", "") == render_published(source, Edits())
    assert (len(read.segments), read.is_endlist) == (2, True)
    assert [item.id for segment in read.segments for item in segment.dateranges] == [f"chapter-{to_iso(NOON)}"]
