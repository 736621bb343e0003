"""Renditions are picked by what they are; windows carry what the source says of its segments."""

from datetime import UTC, datetime
from pathlib import Path

import m3u8
import pytest

from mntreamer.domain.errors import NotPlayable, SourceError
from mntreamer.domain.segments.window import A_DAY
from mntreamer.recorder.source.feed import expires_at_s
from mntreamer.recorder.source.upstream import parse_playlist, pick_rendition, read_window

SAMPLES = Path(__file__).parents[2] / "samples"
BASE = "https://media.example/live/master.m3u8?token=t"


def _master() -> m3u8.M3U8:
    return m3u8.loads((SAMPLES / "chzzk_master_hls.m3u8").read_text(), uri=BASE)


@pytest.mark.parametrize(
    ("max_height", "height"),
    [(None, "1080p"), (1080, "1080p"), (1079, "720p"), (720, "720p"), (400, "360p"), (90, "144p")],
)
def test_the_best_picture_within_the_height_is_picked_wherever_it_stands(max_height: int | None, height: str) -> None:
    assert f"/live/{height}/" in pick_rendition(_master(), max_height)


def test_sound_alone_is_picked_only_where_there_is_no_picture() -> None:
    text = "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=999999999\naudio.m3u8\n"
    picture = "#EXT-X-STREAM-INF:BANDWIDTH=1000,RESOLUTION=256x144\nvideo.m3u8\n"

    assert pick_rendition(m3u8.loads(text + picture, uri=BASE), None).endswith("video.m3u8")
    assert pick_rendition(m3u8.loads(text, uri=BASE), None).endswith("audio.m3u8")


def test_a_window_has_sequences_dates_and_the_initialisation_section() -> None:
    window = read_window(m3u8.loads((SAMPLES / "chzzk_chunklist_hls.m3u8").read_text(), uri=BASE))

    assert window is not None
    assert (window.first, window.last, window.target_duration_s) == (5001, 5015, 2.0)
    assert window.segments[1].program_date_time == datetime(2026, 9, 27, 9, 0, 2, tzinfo=UTC)
    assert window.segments[1].url == "https://media.example/live/1080p_5002_55000001.m4v"
    assert window.segments[1].init_url == "https://media.example/live/1080p_0_0_0.m4s"


def test_dates_that_the_source_gives_once_count_on() -> None:
    head = "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXT-X-PROGRAM-DATE-TIME:2026-11-22T12:00:00Z\n"
    window = read_window(m3u8.loads(head + "#EXTINF:2,\n1\n#EXTINF:2,\n2\n", uri=BASE))

    assert window is not None
    assert window.segments[1].program_date_time == datetime(2026, 11, 22, 12, 0, 2, tzinfo=UTC)


def test_the_sources_discontinuity_and_end_are_carried() -> None:
    text = "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n1\n#EXT-X-DISCONTINUITY\n#EXTINF:2,\n2\n#EXT-X-ENDLIST\n"
    window = read_window(m3u8.loads(text, uri=BASE))

    assert window is not None
    assert [segment.discontinuity for segment in window.segments] == [False, True]
    assert window.ended


def test_an_encrypted_stream_is_refused() -> None:
    text = '#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXT-X-KEY:METHOD=AES-128,URI="k"\n#EXTINF:2,\n1\n'
    with pytest.raises(NotPlayable, match="encrypted"):
        read_window(m3u8.loads(text, uri=BASE))


def test_a_playlist_without_segments_lists_nothing_yet() -> None:
    assert read_window(m3u8.loads("#EXTM3U\n#EXT-X-TARGETDURATION:2\n", uri=BASE)) is None


def test_a_signed_url_says_when_it_expires_in_its_query_or_its_path() -> None:
    assert expires_at_s("https://m.example/x?hdnts=st=1790525075~exp=1790586285~acl=*~hmac=0") == 1790586285
    assert expires_at_s("https://m.example/1080p/hdntl=exp=1790586297~acl=*%2fa/x.m3u8") == 1790586297
    assert expires_at_s("https://m.example/x.m3u8") is None


def _window(text: str) -> bytes:
    return ("#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXT-X-MEDIA-SEQUENCE:7\n" + text).encode()


TWO = "#EXTINF:2,\n7.ts\n#EXTINF:2,\n8.ts\n"


@pytest.mark.parametrize(
    "body",
    [
        _window(TWO),
        _window(TWO).replace(b"\n", b"\r\n"),
        b"\xef\xbb\xbf" + _window(TWO),
        _window(TWO).rstrip(),
        _window("\n\n# a remark\n" + TWO + "\n\n"),
    ],
    ids=["plain", "CRLF", "BOM", "no newline at the end", "empty lines and remarks"],
)
def test_a_playlist_is_read_however_its_lines_end(body: bytes) -> None:
    window = read_window(parse_playlist(body, BASE))

    assert window is not None
    assert [(s.sequence, s.url) for s in window.segments] == [
        (7, "https://media.example/live/7.ts"),
        (8, "https://media.example/live/8.ts"),
    ]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<!DOCTYPE html><html><body>502 Bad Gateway</body></html>",
        b"\x1f\x8b\x08 still packed",
        _window(TWO + "#EXTINF:2,\n"),
        _window(TWO + "#EXTINF:2"),
        _window(TWO + "#EXTINF:"),
        _window(TWO + "#EXTINF"),
        _window(TWO + "#EXT-X-PROGRAM-DATE-TIME:2026-11-2"),
        _window("#EXTINF:2,\n7.ts\n8.ts\n"),
        b"#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1000,RESOLUTION=256x144\n",
    ],
    ids=lambda body: repr(body[-16:]),
)
def test_what_is_no_playlist_or_breaks_off_within_is_an_error(body: bytes) -> None:
    with pytest.raises(SourceError):
        parse_playlist(body, BASE)


def test_a_playlist_that_breaks_off_anywhere_never_miscounts() -> None:
    """What is left of it is an error, or lists what the whole one does, up to where it breaks off."""
    dates = "".join(
        f"#EXT-X-PROGRAM-DATE-TIME:2026-11-22T12:00:0{i}Z\n#EXTINF:2.000,\n{i}.ts\n" for i in range(7, 10)
    )
    body = _window(dates)

    for end in range(len(body)):
        try:
            window = read_window(parse_playlist(body[:end], BASE))
        except SourceError:
            continue
        for position, segment in enumerate(window.segments if window else ()):
            assert segment.sequence == 7 + position
            assert f"https://media.example/live/{segment.sequence}.ts".startswith(segment.url)


def _rendition(name: str, height: int, **attributes: str) -> str:
    listed = "".join(f",{key}={value}" for key, value in attributes.items())
    return f"#EXT-X-STREAM-INF:BANDWIDTH={height}000,RESOLUTION={height}x{height}{listed}\n{name}.m3u8\n"


def _picked(*parts: str) -> str:
    url = pick_rendition(parse_playlist(("#EXTM3U\n" + "".join(parts)).encode(), BASE), None)
    return url.rpartition("/")[2]


SOUND = '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="sound",URI="sound.m3u8"\n'
MUXED = '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="muxed",DEFAULT=YES\n'


@pytest.mark.parametrize("codecs", ["av01.0.08M.08,mp4a.40.2", "vp09.00.41.08,mp4a.40.2", "avc1.64002A,opus"])
def test_a_rendition_that_can_be_recorded_goes_before_a_better_one(codecs: str) -> None:
    better = _rendition("better", 1080, CODECS=f'"{codecs}"')

    assert _picked(better, _rendition("recorded", 720, CODECS='"avc1.4D001F,mp4a.40.2"')) == "recorded.m3u8"
    assert _picked(better, _rendition("untold", 720)) == "untold.m3u8"
    with pytest.raises(NotPlayable, match="recorded are"):
        _picked(better)


@pytest.mark.parametrize(
    "codecs",
    ["hvc1.1.6.L123.B0,mp4a.40.5", "hev1.1.6.L123.B0,ac-3", "avc3.640028,ec-3", "mp4a.40.34", "avc1,stpp.ttml"],
)
def test_what_mpeg_ts_has_a_place_for_is_recorded(codecs: str) -> None:
    assert _picked(_rendition("low", 720), _rendition("best", 1080, CODECS=f'"{codecs}"')) == "best.m3u8"


def test_a_picture_whose_sound_is_elsewhere_is_not_recorded() -> None:
    mute = _rendition("mute", 1080, AUDIO='"a"')

    assert _picked(SOUND, mute, _rendition("whole", 720)) == "whole.m3u8"
    with pytest.raises(NotPlayable, match="sound has a playlist of its own"):
        _picked(SOUND, mute)


def test_other_languages_elsewhere_do_not_make_a_picture_mute() -> None:
    assert _picked(SOUND, MUXED, _rendition("whole", 1080, AUDIO='"a"')) == "whole.m3u8"


def test_sound_alone_does_not_stand_in_for_a_picture_that_is_not_recorded() -> None:
    alone = '#EXT-X-STREAM-INF:BANDWIDTH=64000,CODECS="mp4a.40.2",AUDIO="a"\nsound.m3u8\n'

    assert _picked(SOUND, alone) == "sound.m3u8"
    with pytest.raises(NotPlayable):
        _picked(SOUND, alone, _rendition("mute", 1080, AUDIO='"a"'))


def test_a_playlist_longer_than_a_day_is_refused_before_it_costs_anything() -> None:
    begin, segment = b"#EXTM3U\n#EXT-X-TARGETDURATION:1\n", b"#EXTINF:1,\na.ts\n"

    with pytest.raises(SourceError, match="lists 86401 segments"):
        parse_playlist(begin + segment * (A_DAY + 1), "https://m.example/media.m3u8?token")
