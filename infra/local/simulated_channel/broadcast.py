"""One broadcast and all of its segments. They stay on disk after they left the window: they are the truth."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

FIRST_SEQUENCE = 5000
WINDOW_SEGMENTS = 15
_STILL_SERVED = WINDOW_SEGMENTS + 1

INIT_FILE = "360p_0_0_0.m4s"


@dataclass(frozen=True, slots=True)
class Segment:
    """One piece of fragmented MP4, `sequence` being its media sequence."""

    sequence: int
    path: Path
    duration_s: float
    program_date_time: datetime


@dataclass(frozen=True, slots=True)
class Truth:
    """What a broadcast really was: its initialisation section and every segment, by media sequence."""

    live_id: int
    init: Path
    segments: dict[int, Path]


@dataclass(slots=True)
class Broadcast:
    """A live session. `address` is the unguessable folder of its media URLs; `closed_at` is None while on air.

    Its time machine goes back by so many segments as `rewinds_by`, where it has one.
    """

    live_id: int
    title: str
    category: str
    opened_at: datetime
    folder: Path
    address: str
    closed_at: datetime | None = None
    rewinds_by: int = 0
    segments: list[Segment] = field(default_factory=list)

    @property
    def on_air(self) -> bool:
        return self.closed_at is None

    @property
    def init(self) -> Path:
        return self.folder / INIT_FILE

    @property
    def truth(self) -> Truth:
        return Truth(self.live_id, self.init, {segment.sequence: segment.path for segment in self.segments})

    def window(self) -> list[Segment]:
        """What the media playlist lists now."""
        return self.segments[-WINDOW_SEGMENTS:]

    def rewound(self) -> list[Segment]:
        """What the time machine's media playlist lists now."""
        return self.segments[-max(self.rewinds_by, WINDOW_SEGMENTS) :]

    def served_file(self, name: str, *, rewinds: bool = False) -> Path | None:
        """The file behind a media URL: a segment can be fetched for one segment's time after it was listed.

        What only the time machine lists is for those that it `rewinds` for.
        """
        segments = self.rewound() if rewinds else self.segments[-_STILL_SERVED:]
        served = [self.init, *(segment.path for segment in segments)]
        return next((path for path in served if path.name == name), None)
