"""One picture of one segment, by a real decoder."""

from io import BytesIO
from typing import Any

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from mntreamer.domain.errors import SourceError
from mntreamer.domain.pictures.thumbnail import Thumbnail
from mntreamer.domain.playlists.source_playlist import SegmentName
from mntreamer.recorder.child.remuxer import Remuxer
from mntreamer.recorder.media.remux import remux
from mntreamer.recorder.media.take_picture import take_picture
from mntreamer.recorder.pictures.darkroom import drawn, taken
from tests.integration.recorder.media import Coding, source_of

BEGINNING_BYTES = 20_000


def _segment(coding: Coding) -> bytes:
    source = source_of(coding)
    return remux(source.init, source.bodies).body


@pytest.mark.parametrize(
    "coding",
    [Coding(), Coding(is_fmp4=True), Coding("libx265"), Coding(sound=None)],
    ids=["h264", "fmp4", "hevc", "silent"],
)
def test_the_beginning_of_a_segment_is_enough(coding: Coding) -> None:
    segment = _segment(coding)
    assert len(segment) > BEGINNING_BYTES

    assert take_picture(segment[:BEGINNING_BYTES], with_poster=True) == take_picture(segment, with_poster=True)


@pytest.mark.parametrize(
    ("size", "small", "large"),
    [((320, 180), (160, 90), (320, 180)), ((1280, 720), (160, 90), (640, 360)), ((180, 320), (50, 90), (180, 320))],
)
def test_a_picture_keeps_its_shape(size: tuple[int, int], small: tuple[int, int], large: tuple[int, int]) -> None:
    picture = take_picture(_segment(Coding(width=size[0], height=size[1])), with_poster=True)

    assert (picture.width, picture.height) == small
    assert [len(plane) for plane in picture.planes] == [small[0] * small[1], *[small[0] * small[1] // 4] * 2]
    assert picture.poster
    assert _pixels(picture.poster).shape[:2] == large[::-1]


def test_without_a_poster_none_is_made() -> None:
    assert take_picture(_segment(Coding()), with_poster=False).poster is None


@pytest.mark.parametrize("segment", [b"", b"junk" * 1000, _segment(Coding(picture=None))])
def test_where_there_is_no_whole_picture_that_is_said(segment: bytes) -> None:
    with pytest.raises(SourceError, match=r"picture|decode"):
        take_picture(segment, with_poster=True)


def test_a_picture_that_is_cut_off_is_not_shown() -> None:
    segment = _noise()

    assert take_picture(segment, with_poster=False).width == 160
    with pytest.raises(SourceError, match="damaged"):
        take_picture(segment[: len(segment) // 2], with_poster=False)


def test_a_picture_that_would_take_all_memory_is_not_decoded() -> None:
    assert take_picture(_grey(3840, 2160), with_poster=False).height == 90

    with pytest.raises(SourceError, match="decode"):
        take_picture(_grey(7680, 4320), with_poster=False)


def test_a_sheet_shows_each_picture_in_its_place_and_is_the_same_each_time(remuxer: Remuxer) -> None:
    picture = taken(remuxer, _segment(Coding()), with_poster=True)
    places = [Thumbnail(SegmentName(0, number, number), number, 160, 90) for number in (0, 7, 24)]

    sheet = drawn(remuxer, ((place, picture) for place in places))

    pixels, alone = _pixels(sheet), np.frombuffer(picture.planes[0], np.uint8).reshape(90, 160)
    for place in places:
        shown = pixels[place.top : place.top + 90, place.left : place.left + 160]
        assert np.abs(shown.astype(int) - alone).mean() < 4
    assert pixels.shape == (450, 800)
    assert pixels[100:170, 20:140].max() < 4
    assert sheet == drawn(remuxer, ((place, picture) for place in places))


def _noise() -> bytes:
    """One picture that takes many bytes."""
    return _encoded(np.random.default_rng(1).integers(0, 255, (360, 640), np.uint8))


def _grey(width: int, height: int) -> bytes:
    """One picture that takes few bytes for what it is."""
    return _encoded(np.full((height, width), 128, np.uint8))


def _encoded(brightness: NDArray[np.uint8]) -> bytes:
    made = BytesIO()
    with av.open(made, "w", format="mpegts") as target:
        track = target.add_stream("libx264", rate=15, options={"preset": "ultrafast"})
        track.height, track.width = brightness.shape
        track.pix_fmt = "gray"
        for packet in (*track.encode(av.VideoFrame.from_ndarray(brightness, format="gray")), *track.encode(None)):
            target.mux(packet)
    return made.getvalue()


def _pixels(jpeg: bytes) -> NDArray[Any]:
    """Their brightness, by a decoder that takes it for what it is."""
    with av.open(BytesIO(jpeg), "r", format="mjpeg") as container:
        frame = next(container.decode(video=0))
        return frame.to_ndarray(format="yuvj420p")[: frame.height, : frame.width]
