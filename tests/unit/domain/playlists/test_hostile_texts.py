"""A source playlist or edits that nobody of us wrote: nothing is lost, nothing hangs, or it is said what is wrong."""

from collections.abc import Callable
from contextlib import suppress
from time import process_time

import pytest

from mntreamer.domain.errors import SourceError
from mntreamer.domain.playlists.published_playlist import render_clip, render_live, render_published
from mntreamer.domain.playlists.source_playlist import SegmentName
from mntreamer.domain.playlists.timeline import read_timeline, source_text
from mntreamer.domain.refining.edits import Cut, Edits, Span
from mntreamer.domain.refining.edits_file import parse_edits, render_edits
from tests.contract.records import NOON

MILLION = 1_000_000
HEAD = "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:6\n#EXT-X-MEDIA-SEQUENCE:0\n"
FIRST, SECOND = (f"#EXTINF:6.000000,\nsegments/000-{n:010d}-{n + 2:010d}.ts\n" for n in (0, 3))
SURPRISES = "#EXT-X-SURPRISE:a=1\n# a comment\n" * 10_000
CUTS = Edits(
    tuple(
        Cut(str(n), Span(SegmentName(0, 3 * n, 3 * n + 2), SegmentName(0, 9 * n, 9 * n + 2)), NOON) for n in range(50)
    )
)
# What takes a second is not linear: the largest of these takes a few hundredths on the slowest machine.
WITHIN_S = 1.0

SOURCES = {
    "nothing": "",
    "no newline": "#EXTM3U" + "x" * MILLION,
    "newlines": HEAD + "\n" * MILLION,
    "spaces": HEAD + " " * MILLION + "\n" + FIRST,
    "spaces behind a URI": HEAD + FIRST.rstrip() + " " * MILLION + "\n",
    "lengths without URIs": HEAD + "#EXTINF:6.0,\n" * (MILLION // 13),
    "URIs without lengths": HEAD + "segments/000-0000000000-0000000002.ts\n" * (MILLION // 38),
    "one URI again and again": HEAD + FIRST * (MILLION // 56),
    "nearly our URIs": HEAD + "#EXTINF:6,\nsegments/000-0000000000-000000000\n" * (MILLION // 45),
    "a long title": HEAD + "#EXTINF:6.0," + "x" * MILLION + "\nsegments/000-0000000000-0000000002.ts\n",
    "a huge length": HEAD + FIRST.replace("6.000000", "9" * MILLION),
    "a huge fraction": HEAD + FIRST.replace("6.000000", "6." + "9" * MILLION),
    "a huge sequence": HEAD + FIRST.replace("000-", "9" * MILLION + "-", 1),
    "a huge target": HEAD.replace("DURATION:6", "DURATION:" + "9" * MILLION) + FIRST,
    "an exponent": HEAD + FIRST.replace("6.000000", "1e999"),
    "not a number": HEAD + FIRST.replace("6.000000", "nan"),
    "below zero": HEAD + FIRST.replace("6.000000", "-6"),
    "digits of another script": HEAD + FIRST.replace("6.000000", "\u0666"),
    "NUL": HEAD + "\0" * MILLION + FIRST,
    "carriage returns": (HEAD + FIRST * (MILLION // 56)).replace("\n", "\r\n"),
    "a byte order mark": "\ufeff" + HEAD + FIRST,
    "other line breaks": HEAD + "#EXT-X-NEW:\x0b\x0c\x1c\x85\u2028" * 50_000 + "\n" + FIRST,
    "another's segment": HEAD + FIRST.replace("segments/", "https://elsewhere.example/"),
    "a way out": HEAD + FIRST.replace("segments/", "segments/../../"),
    "a cut-off entry": HEAD + FIRST + "#EXTINF:6.0,\nsegm",
    "ends in the middle": HEAD + FIRST + "#EXT-X-ENDLIST\n" + SECOND,
    "unknown tags": f"{HEAD}{SURPRISES}{FIRST}#EXT-X-OTHER\n{SECOND}#EXT-X-LAST\n",
}  # fmt: skip


def _in_time(call: Callable[[], object]) -> None:
    begun_s = process_time()
    with suppress(SourceError):
        call()
    assert process_time() - begun_s < WITHIN_S


@pytest.mark.parametrize("name", SOURCES)
class TestASource:
    def test_is_read_or_refused_in_time(self, name: str) -> None:
        _in_time(lambda: read_timeline(SOURCES[name]))

    @pytest.mark.parametrize("edits", [Edits(), CUTS], ids=["plain", "cut"])
    def test_is_published_or_refused_in_time(self, name: str, edits: Edits) -> None:
        _in_time(lambda: render_published(SOURCES[name], edits))
        _in_time(lambda: render_live(SOURCES[name], edits))
        _in_time(lambda: render_clip(SOURCES[name], edits, CUTS.cuts[1].span))

    def test_without_cuts_every_line_of_it_is_published(self, name: str) -> None:
        for render in (render_published, render_live):
            try:
                text = render(SOURCES[name], Edits())
            except SourceError:
                continue
            head, kind, rest = text.partition("#EXT-X-PLAYLIST-TYPE:EVENT\n")
            if not kind:
                head, _, rest = text.partition("#EXT-X-PLAYLIST-TYPE:VOD\n")
            assert head + rest == SOURCES[name]

    def test_while_it_grows_a_cut_adds_tags_and_takes_no_line_away(self, name: str) -> None:
        try:
            text = render_live(SOURCES[name], CUTS)
        except SourceError:
            return
        added = text.replace("#EXT-X-GAP\n", "").replace("#EXT-X-PLAYLIST-TYPE:EVENT\n", "", 1)
        assert added.replace("#EXT-X-VERSION:8\n", "#EXT-X-VERSION:3\n", 1) == SOURCES[name]


def test_what_is_read_of_a_source_is_what_it_lists() -> None:
    line = read_timeline(SOURCES["unknown tags"])

    assert (line.files, line.starts_us, line.ended) == (
        ("000-0000000000-0000000002.ts", "000-0000000003-0000000005.ts"),
        (0, 6_000_000, 12_000_000),
        False,
    )


def test_a_cut_beside_unknown_tags_leaves_the_others() -> None:
    cut = Edits((Cut("1", Span(SegmentName(0, 0, 2), SegmentName(0, 0, 2)), NOON),))
    ended = SOURCES["unknown tags"].replace("#EXT-X-LAST\n", "#EXT-X-LAST\n#EXT-X-ENDLIST\n")

    published = render_published(ended, cut)

    assert published == f"{HEAD}#EXT-X-PLAYLIST-TYPE:VOD\n#EXT-X-OTHER\n{SECOND}#EXT-X-LAST\n#EXT-X-ENDLIST\n"


FINE = {"newlines", "spaces", "one URI again and again", "a long title", "a huge fraction", "other line breaks"}
FINE |= {"ends in the middle", "unknown tags"}


@pytest.mark.parametrize("name", sorted(SOURCES.keys() - FINE))
def test_a_damaged_source_is_not_edited(name: str) -> None:
    with pytest.raises(SourceError, match="damaged"):
        read_timeline(SOURCES[name])


@pytest.mark.parametrize("body", [b"\xff\xfe#\0E\0", HEAD.encode() + b"\xc3\x28"])
def test_a_source_that_is_no_utf_8_is_damaged(body: bytes) -> None:
    with pytest.raises(SourceError, match="not UTF-8"):
        source_text(body)


EMPTY = render_edits(Edits()).encode()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b"\xff\xfe",
        b"\0" * MILLION,
        b"[" * MILLION,
        b'{"cuts":' * (MILLION // 8),
        b"9" * MILLION,
        EMPTY.replace(b"[]", b'"' + b"x" * MILLION + b'"', 1),
        EMPTY.replace(b"[]", b"[" + b"1," * (MILLION // 2) + b"1]", 1),
        EMPTY.replace(b"[]", b'[{"id": "1", "first": 5, "last": 5, "made_at": "x", "purged": false}]', 1),
        EMPTY.replace(b"[]", b'[{"id": "1", "first": "%s-0-0.ts", "last": ""}]' % (b"9" * MILLION), 1),
        EMPTY.replace(b'"answered": []', b'"answered": [["only a key"]]'),
        EMPTY.replace(b'"answered": []', b'"answered": {"a": 1}'),
        EMPTY.rstrip()[:-1],
        EMPTY.replace(b"cuts", b"cats"),
    ],
    ids=lambda body: f"{body[:12]!r} {len(body)}",
)
def test_damaged_edits_are_said_to_be(body: bytes) -> None:
    begun_s = process_time()

    with pytest.raises(SourceError) as refused:
        parse_edits(body)

    assert len(str(refused.value)) < 1000
    assert process_time() - begun_s < WITHIN_S


@pytest.mark.parametrize("body", [EMPTY, b"\xef\xbb\xbf" + EMPTY, EMPTY.replace(b"\n", b"\r\n")])
def test_edits_that_an_editor_saved_are_read(body: bytes) -> None:
    assert parse_edits(body) == Edits()
