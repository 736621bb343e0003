"""A picture of a segment: of what it begins with one key frame is decoded, and nothing else."""

from collections.abc import Iterator
from io import BytesIO

import av
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from mntreamer.domain.error_place import kind_and_place
from mntreamer.domain.errors import MntreamerError, SourceError
from mntreamer.domain.pictures.poster import POSTER_HEIGHT, POSTER_WIDTH
from mntreamer.domain.pictures.thumbnail import BOX_HEIGHT, BOX_WIDTH, fitted
from mntreamer.recorder.media.jpeg import JPEG_PIXELS, jpeg_of
from mntreamer.recorder.media.picture import Picture
from mntreamer.recorder.media.tracks import UNDECODED

# A few hundred kilobytes can be a picture that takes all the memory there is. This is more than any platform shows.
_MOST_PIXELS = 4096 * 2304


def take_picture(segment: bytes, *, with_poster: bool) -> Picture:
    """Of a stored segment or its beginning. Raises SourceError where there is no whole picture in it."""
    try:
        with av.open(BytesIO(segment), "r", format="mpegts", stream_options=UNDECODED) as source:
            return _picture(source, with_poster=with_poster)
    except MntreamerError:
        raise
    except Exception as error:
        # Damaged bytes make PyAV raise far more than FFmpeg's errors.
        raise SourceError(f"FFmpeg cannot decode it: {kind_and_place(error)}") from error


def _picture(source: InputContainer, *, with_poster: bool) -> Picture:
    if not source.streams.video:
        raise SourceError("there is no picture in it")
    track = source.streams.video[0]
    frame = _first_frame(track, source)
    shape = float(track.codec_context.sample_aspect_ratio or 1)  # pixels that are not square
    small = _scaled(frame, shape, (BOX_WIDTH, BOX_HEIGHT))
    poster = jpeg_of(_scaled(frame, shape, (POSTER_WIDTH, POSTER_HEIGHT))) if with_poster else None
    return Picture(small.width, small.height, (_rows(small, 0), _rows(small, 1), _rows(small, 2)), poster)


def _first_frame(track: VideoStream, source: InputContainer) -> VideoFrame:
    track.codec_context.thread_count = 1
    track.codec_context.options = {"max_pixels": str(_MOST_PIXELS)}
    frame = next(_first_frames(track, source), None)
    if frame is None or frame.is_corrupt:
        raise SourceError("its first picture is damaged")
    return frame


def _first_frames(track: VideoStream, source: InputContainer) -> Iterator[VideoFrame]:
    """A decoder waits for what might be shown before its first frame: so it is told that nothing more comes."""
    key = next((packet for packet in source.demux(track) if packet.is_keyframe and packet.size), None)
    if key is not None:
        yield from track.codec_context.decode(key)
        yield from track.codec_context.decode(None)


def _scaled(frame: VideoFrame, shape: float, box: tuple[int, int]) -> VideoFrame:
    width, height = fitted(round(frame.width * shape), frame.height, *box)
    return frame.reformat(width, height, JPEG_PIXELS, dst_colorspace="ITU601", interpolation="AREA")


def _rows(frame: VideoFrame, index: int) -> bytes:
    """The plane without what pads its rows."""
    plane = frame.planes[index]
    body, stride = bytes(plane), plane.line_size
    return b"".join(body[at : at + plane.width] for at in range(0, stride * plane.height, stride))
