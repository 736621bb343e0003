"""A moment of a recording, held by the segment that is on then: it stays where it is, whatever is cut or added."""

from dataclasses import dataclass

from mntreamer.domain.errors import Unprocessable
from mntreamer.domain.playlists.timelines import Line, Timelines, in_microseconds, in_seconds


@dataclass(frozen=True, slots=True)
class Moment:
    """`offset_us` after the begin of the segment at this position of the source's line."""

    position: int
    offset_us: int


@dataclass(frozen=True, slots=True)
class PlacedMoment:
    """In microseconds on both lines; `published_us` is None where what is on then is not played."""

    source_us: int
    published_us: int | None


def moment_at(at_s: float, line: Line, lines: Timelines) -> Moment:
    """The moment so many seconds after the line's begin. Raises Unprocessable for one that is not on it."""
    asked = lines.source if line is Line.SOURCE else lines.published
    at_us = in_microseconds(at_s) if at_s >= 0 else -1
    if not 0 <= at_us < asked.duration_us:
        raise Unprocessable(
            f"{at_s:.12g} s is not on the {line} timeline, which is {in_seconds(asked.duration_us):.3f} s long"
        )
    found = asked.at(at_us)
    return Moment(found if asked is lines.source else lines.kept[found], at_us - asked.starts_us[found])


def place_moment(moment: Moment, lines: Timelines) -> PlacedMoment:
    """Where it is now. While the recording grows, what is cut out keeps its time."""
    on_both = lines.on_both(moment.position, moment.position + 1)
    is_played = on_both.published.length_us > 0
    published_us = on_both.published.begin_us + moment.offset_us if is_played else None
    return PlacedMoment(on_both.source.begin_us + moment.offset_us, published_us)
