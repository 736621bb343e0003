"""FFmpeg in process: H.264 and AAC in fragmented MP4, a fragment every two seconds."""

from collections.abc import Callable
from datetime import datetime
from fractions import Fraction
from types import TracebackType
from typing import Self

import av

from simulated_channel.fragments import FragmentSplitter
from simulated_channel.picture import HEIGHT, WIDTH, picture
from simulated_channel.sound import SAMPLE_RATE, sound

FRAMES_PER_SECOND = 30
SEGMENT_FRAMES = 60
AUDIO_FRAME_SAMPLES = 1024

# Closed groups of pictures, one a segment, and no frame that waits for a later one.
_X264 = {
    "preset": "ultrafast",
    "tune": "zerolatency",
    "profile": "baseline",
    "level": "30",
    "g": str(SEGMENT_FRAMES),
    "keyint_min": str(SEGMENT_FRAMES),
    "sc_threshold": "0",
    "bf": "0",
    "threads": "1",
}
_MP4 = {"movflags": "frag_keyframe+empty_moov+default_base_moof"}


class Encoder:
    """Turns moments into picture and sound. Calls `on_init` once, then `on_segment`: its bytes and frame count."""

    def __init__(self, on_init: Callable[[bytes], object], on_segment: Callable[[bytes, int], None]) -> None:
        self._on_segment = on_segment
        self._frames = self._frames_handed_on = self._samples = 0
        self._container = av.open(FragmentSplitter(on_init, self._hand_on), "w", format="mp4", options=_MP4)
        self._video = self._container.add_stream("libx264", rate=FRAMES_PER_SECOND, options=_X264)
        self._video.width, self._video.height, self._video.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        self._audio = self._container.add_stream("aac", rate=SAMPLE_RATE)
        self._audio.layout, self._audio.bit_rate = "stereo", 96_000

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._container.close()

    def add_frame(self, moment: datetime) -> None:
        """The next picture, shown at `moment`, and the sound up to it."""
        frame = av.VideoFrame.from_ndarray(picture(self._frames, moment), format="yuv420p")
        frame.pts, frame.time_base = self._frames, Fraction(1, FRAMES_PER_SECOND)
        self._frames += 1
        self._container.mux(self._video.encode(frame))
        while self._samples * FRAMES_PER_SECOND < self._frames * SAMPLE_RATE:
            self._add_sound()

    def finish(self) -> None:
        """What the codecs still hold; the last segment comes as the encoder is left."""
        self._container.mux(self._video.encode(None))
        self._container.mux(self._audio.encode(None))

    def _add_sound(self) -> None:
        samples = sound(self._samples, AUDIO_FRAME_SAMPLES)
        frame = av.AudioFrame.from_ndarray(samples, format="fltp", layout="stereo")
        frame.sample_rate, frame.pts = SAMPLE_RATE, self._samples
        self._samples += AUDIO_FRAME_SAMPLES
        self._container.mux(self._audio.encode(frame))

    def _hand_on(self, fragment: bytes) -> None:
        frames = min(SEGMENT_FRAMES, self._frames - self._frames_handed_on)
        self._frames_handed_on += frames
        self._on_segment(fragment, frames)
