"""The timestamps of one file over runs that each count from somewhere else: pictures join, sound stays in step.

All in ticks of MPEG-TS: 90 kHz, in 33 bits, so that they wrap (ISO/IEC 13818-1, section 2.4.3.7).
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

TICKS_PER_S = 90_000
_WRAP = 1 << 33
# A track that lasts so much longer than the leading one is more than what an encoder sends ahead.
_LONGER = TICKS_PER_S // 2
LEADING = 0


class Stamp(NamedTuple):
    """A packet as it was stored; of the file's tracks the first, LEADING, is the picture where there is one."""

    track: int
    dts: int
    pts: int
    duration: int
    is_key: bool


class Placed(NamedTuple):
    """A packet's times in the file; `position` is that of its stamp among those given."""

    position: int
    dts: int
    pts: int


class JoinedTimestamps:
    """Told of one segment after another, in their order, all of one file that begins at 0.

    A run begins with a key picture, where the one before ended. All its tracks are moved by one and the same amount,
    so that they stay in step; sound is moved by up to a packet more, where that makes it follow the sound before
    without hole or overlap: not every editor heeds holes. What does not fit in between is left out: pictures
    without their key picture, sound that the run before still fills.
    """

    def __init__(self) -> None:
        self._ends: dict[int, int] = {}
        self._last_dts: dict[int, int] = {}
        self._shifts: dict[int, int] = {}
        self._near: int | None = None
        self._offset = 0
        self._begin = 0

    @property
    def duration_s(self) -> float:
        return max(self._ends.values(), default=0) / TICKS_PER_S

    def placed(self, stamps: Sequence[Stamp], *, goes_on: bool) -> list[Placed]:
        """The packets of the next segment that come into the file. `goes_on`: it continues the one before."""
        chosen: Iterable[int] = range(len(stamps))
        if stamps and (not goes_on or self._falls_back(stamps)):
            lead = _lead(stamps)
            self._begin_run(stamps[lead])
            chosen = _decodable(stamps, lead)
        times = ((index, self._place(self._unwrapped(stamps[index]))) for index in chosen)
        return [Placed(index, *at) for index, at in times if at]

    def _falls_back(self, stamps: Sequence[Stamp]) -> bool:
        first = next((stamp for stamp in stamps if stamp.track == LEADING), None)
        if first is None or LEADING not in self._last_dts:
            return self._near is None
        return self._unwrapped(first).dts + self._offset <= self._last_dts[LEADING]

    def _begin_run(self, lead: Stamp) -> None:
        longer = [end - _LONGER for track, end in self._ends.items() if track != LEADING]
        self._begin = max([self._ends.get(LEADING, 0), *longer])
        self._near = lead.dts
        self._offset = self._begin - lead.pts
        self._shifts = {LEADING: 0}

    def _unwrapped(self, stamp: Stamp) -> Stamp:
        near = stamp.dts if self._near is None else self._near
        turns = round((near - stamp.dts) / _WRAP) * _WRAP
        return stamp._replace(dts=stamp.dts + turns, pts=stamp.pts + turns)

    def _place(self, stamp: Stamp) -> tuple[int, int] | None:
        if stamp.track not in self._shifts and not self._starts(stamp):
            return None
        self._near = stamp.dts
        by = self._offset + self._shifts[stamp.track]
        dts = max(stamp.dts + by, self._last_dts.get(stamp.track, stamp.dts + by - 1) + 1)
        pts = max(stamp.pts + by, dts)
        self._last_dts[stamp.track] = dts
        self._ends[stamp.track] = max(self._ends.get(stamp.track, 0), pts + stamp.duration)
        return dts, pts

    def _starts(self, stamp: Stamp) -> bool:
        """Whether a track's first packet of the run comes late enough; where exactly it begins is decided then."""
        late = stamp.pts + self._offset - self._ends.get(stamp.track, self._begin)
        if 2 * late < -stamp.duration:
            return False
        follows = stamp.track in self._ends and late <= stamp.duration
        self._shifts[stamp.track] = -late if follows else 0
        return True


def _lead(stamps: Sequence[Stamp]) -> int:
    """The first key picture, or what comes closest to it."""
    leading = [index for index, stamp in enumerate(stamps) if stamp.track == LEADING]
    keys = [index for index in leading if stamps[index].is_key]
    return next(iter([*keys, *leading, 0]))


def _decodable(stamps: Sequence[Stamp], lead: int) -> Iterable[int]:
    """All but pictures that come, or are shown, before the key picture: what those refer to is not there."""
    first = stamps[lead]
    return (
        index
        for index, stamp in enumerate(stamps)
        if stamp.track != first.track or (index >= lead and stamp.pts >= first.pts)
    )
