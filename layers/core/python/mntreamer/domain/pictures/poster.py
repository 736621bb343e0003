"""The one picture that stands for a recording: the first in which there is something to see."""

from dataclasses import dataclass

from mntreamer.domain.playlists.source_playlist import SegmentName

POSTER_WIDTH, POSTER_HEIGHT = 640, 640
# Of 255. A fade from black, a black or a white card are on one side; a night scene with a face is on the other.
_DARK, _BRIGHT, _FLAT = 28.0, 240.0, 10.0


@dataclass(frozen=True, slots=True)
class Poster:
    """Of which segment it is. One that is not `good` stands until there is a better one."""

    segment: SegmentName
    is_good: bool


def has_something_to_see(luma: bytes) -> bool:
    """Whether a picture of these brightnesses, each 0 to 255, is neither dark nor blank."""
    mean = sum(luma) / len(luma)
    deviation = (sum(value * value for value in luma) / len(luma) - mean * mean) ** 0.5
    return _DARK <= mean <= _BRIGHT and deviation >= _FLAT


def is_wanted(poster: Poster | None) -> bool:
    """Whether a better one could still come."""
    return poster is None or not poster.is_good


def should_replace(poster: Poster | None, candidate: Poster) -> bool:
    """The first one stands for want of another, the first good one for good."""
    return poster is None or (candidate.is_good and not poster.is_good)
