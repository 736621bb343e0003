"""What an export is made of: chosen once, when it is asked for, and read again by whoever makes it."""

from collections.abc import Sequence
from dataclasses import dataclass

from mntreamer.domain.errors import SourceError, Unprocessable
from mntreamer.domain.playlists.source_playlist import Segment, SegmentName, SourcePlaylist
from mntreamer.domain.playlists.timeline import Timeline
from mntreamer.domain.playlists.timelines import Asked, Line, Timelines, in_seconds
from mntreamer.domain.problem_code import ProblemCode
from mntreamer.domain.reason import Reason
from mntreamer.domain.refining.edits import Edits, Span, runs_in

_UNLISTED = Reason(
    "the source playlist no longer lists what was to be exported; ask for a new export", ProblemCode.SEGMENT_GONE
)


@dataclass(frozen=True, slots=True)
class Choice:
    """Stored segments in order, as runs that nothing is cut out of, `duration_s` long together."""

    spans: tuple[Span, ...]
    duration_s: float


@dataclass(frozen=True, slots=True)
class Planned:
    """A segment to export. `goes_on`: its timestamps follow those of the segment before it."""

    name: SegmentName
    duration_s: float
    goes_on: bool


def asked_on(
    line: Line, begin_s: float | None, end_s: float | None, edits: Edits, timeline: Timeline
) -> Asked | None:
    """The range that is meant where its begin or its end is left open; None for all that there is."""
    if begin_s is None and end_s is None:
        return None
    lines = Timelines(timeline, edits)
    duration_us = (timeline if line is Line.SOURCE else lines.published).duration_us
    return Asked(begin_s or 0.0, in_seconds(duration_us) if end_s is None else end_s, line)


def chosen(asked: Asked | None, edits: Edits, timeline: Timeline) -> Choice:
    """What the cuts leave of the segments that start in the range. Raises Unprocessable where that is nothing."""
    lines = Timelines(timeline, edits)
    asked_for = set(range(len(timeline.files)) if asked is None else lines.starting_in(asked))
    positions = [position for position in lines.kept if position in asked_for]
    if not positions:
        raise Unprocessable("no segment that is not cut out starts there; nothing is left to export")
    spans = tuple(Span(timeline.name(run.start), timeline.name(run.stop - 1)) for run in runs_in(positions))
    return Choice(spans, in_seconds(timeline.only(positions).duration_us))


def planned(spans: Sequence[Span], source: SourcePlaylist) -> list[Planned]:
    """The segments of these spans as the source lists them. Raises SourceError where it lists one no longer."""
    positions = {segment.name: position for position, segment in enumerate(source.segments)}
    plan: list[Planned] = []
    for span in spans:
        if span.first not in positions or span.last not in positions:
            raise SourceError(_UNLISTED)
        plan.extend(_run(source.segments[positions[span.first] : positions[span.last] + 1]))
    return plan


def _run(segments: Sequence[Segment]) -> list[Planned]:
    return [
        Planned(segment.name, segment.duration_s, goes_on=index > 0 and not segment.discontinuity)
        for index, segment in enumerate(segments)
    ]
