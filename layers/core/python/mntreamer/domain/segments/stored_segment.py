"""What is known of a stored segment. It travels with the object, so that one not yet listed can still be."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from mntreamer.domain.errors import SourceError
from mntreamer.domain.playlists.source_playlist import Segment, SegmentName
from mntreamer.domain.times import from_iso, to_iso

_WRAP_S = 2**33 / 90_000
# More than the last picture or sound of a segment lasts, less than any encoder's restart.
_JUMP_S = 2.0


@dataclass(frozen=True, slots=True)
class StoredSegment:
    """A segment in the store.

    `discontinuity` is the source's own: its tag, or another initialisation section than before. `first_pts_s` and
    `last_pts_s` are the first and the last presentation time in it; `init_digest` names the initialisation section,
    `format` the codecs, the picture's size, the sampling rate and the channels, where they are known.
    """

    name: SegmentName
    duration_s: float
    program_date_time: datetime | None
    discontinuity: bool
    first_pts_s: float
    last_pts_s: float
    init_digest: str
    size_bytes: int
    format: str | None = None

    def listed_after(self, previous: "StoredSegment | None") -> Segment:
        """Its playlist entry: discontinuous also where timestamps or format do not go on from what is before it."""
        broken = self.discontinuity or (previous is not None and not self._goes_on(previous))
        return Segment(self.name, self.duration_s, self.program_date_time, broken)

    def _goes_on(self, previous: "StoredSegment") -> bool:
        return not (jumps(previous.last_pts_s, self.first_pts_s) or differ(previous.format, self.format))


def differ(before: str | None, after: str | None) -> bool:
    """Whether two formats are known to be different."""
    return before is not None and after is not None and before != after


def jumps(last_pts_s: float, first_pts_s: float) -> bool:
    """Whether one presentation time is far from the other; MPEG-TS counts them in 33 bits at 90 kHz and wraps."""
    apart_s = (first_pts_s - last_pts_s + _WRAP_S / 2) % _WRAP_S - _WRAP_S / 2
    return abs(apart_s) > _JUMP_S


def to_metadata(segment: StoredSegment) -> dict[str, str]:
    """The object metadata of a stored segment: short ASCII values, as S3 asks."""
    date = segment.program_date_time
    facts = {
        "duration-s": f"{segment.duration_s:.6f}",
        "discontinuity": str(int(segment.discontinuity)),
        "first-pts-s": f"{segment.first_pts_s:.6f}",
        "last-pts-s": f"{segment.last_pts_s:.6f}",
        "init": segment.init_digest,
    }
    known = {"program-date-time": to_iso(date) if date else None, "format": segment.format}
    return facts | {key: value for key, value in known.items() if value}


def from_metadata(name: SegmentName, metadata: Mapping[str, str], size_bytes: int) -> StoredSegment:
    """The inverse of `to_metadata`. Raises SourceError where a value is missing or damaged."""
    try:
        date = metadata.get("program-date-time")
        return StoredSegment(
            name=name,
            duration_s=float(metadata["duration-s"]),
            program_date_time=from_iso(date) if date else None,
            discontinuity=metadata["discontinuity"] == "1",
            first_pts_s=float(metadata["first-pts-s"]),
            last_pts_s=float(metadata["last-pts-s"]),
            init_digest=metadata["init"],
            size_bytes=size_bytes,
            format=metadata.get("format"),
        )
    except (KeyError, ValueError) as error:
        raise SourceError(f"the metadata of {name.file} is damaged ({error!r}); the segment is untouched") from error
