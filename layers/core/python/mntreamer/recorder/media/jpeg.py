"""Frames become JPEG files, by FFmpeg's own encoder: the same frame, the same bytes."""

from collections.abc import Sequence
from fractions import Fraction

import av
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame

from mntreamer.domain.pictures.thumbnail import SHEET_HEIGHT, SHEET_WIDTH
from mntreamer.recorder.media.picture import Placed

# Eight bits, one colour for each four pixels, in full range: what JPEG readers expect of a file that does not say.
JPEG_PIXELS = "yuvj420p"
# FFmpeg's scale: 2 is the best, 31 the smallest.
_QUANTISER = 4
_BLACK = (0, 128, 128)


def jpeg_of(frame: VideoFrame) -> bytes:
    encoder = VideoCodecContext.create("mjpeg", "w")
    encoder.width, encoder.height, encoder.pix_fmt = frame.width, frame.height, JPEG_PIXELS
    encoder.time_base = Fraction(1)
    encoder.qmin = encoder.qmax = _QUANTISER
    return b"".join(bytes(packet) for packet in (*encoder.encode(frame), *encoder.encode(None)))


def draw_sheet(placed: Sequence[Placed]) -> bytes:
    """A sheet of small pictures as a JPEG file; what none of them covers is black."""
    sheet = av.VideoFrame(SHEET_WIDTH, SHEET_HEIGHT, JPEG_PIXELS)
    for index, black in enumerate(_BLACK):
        plane, halved = sheet.planes[index], 1 if index == 0 else 2
        canvas = bytearray([black]) * plane.buffer_size
        for left, top, picture in placed:
            corner = top // halved * plane.line_size + left // halved
            _put(canvas, corner, plane.line_size, picture.planes[index], picture.width // halved)
        plane.update(bytes(canvas))
    return jpeg_of(sheet)


def _put(canvas: bytearray, corner: int, stride: int, rows: bytes, width: int) -> None:
    for number, at in enumerate(range(0, len(rows), width)):
        begin = corner + number * stride
        canvas[begin : begin + width] = rows[at : at + width]
