"""Whether a recording tells the truth about its source: what it holds, where it breaks, what it says is missing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Any

from mntreamer.domain.recordings.loss import Cause
from mntreamer.domain.times import to_iso
from tests.faults.broadcast import Entry
from tests.faults.holding import Holding, holding_of
from tests.faults.recorded import Recorded
from tests.faults.row import Row
from tests.faults.takes import SEGMENT_S, Container

_ROUNDED_S = 0.1
_TOLD = ("epoch", "first", "last", "begin", "duration_s", "cause")


@dataclass(frozen=True)
class Verdict:
    """`flaws` say in words what is wrong; without any, only the unavoidable is lost."""

    lost: int
    unavoidable: int
    flaws: tuple[str, ...]

    def with_flaws(self, flaws: Iterable[str]) -> "Verdict":
        return replace(self, flaws=(*self.flaws, *flaws))


def judge(row: Row, container: Container, recorded: Recorded) -> Verdict:
    """Compare a recording with what its source broadcast."""
    unavoidable = row.unavoidable(container)
    holding = holding_of(row, container, recorded.contents)
    flaws = (
        *_losses(holding, unavoidable),
        *holding.flaws,
        *_breaks(row, holding, recorded),
        *_times(holding, recorded, dated=row.dated),
        *_gaps(row, unavoidable, recorded),
        *(() if recorded.ended else ("the playlist has no ENDLIST",)),
    )
    return Verdict(len(holding.lost), len(unavoidable), flaws)


def _losses(holding: Holding, unavoidable: list[Entry]) -> Iterator[str]:
    lost = [entry.position for entry in holding.lost]
    expected = [entry.position for entry in unavoidable]
    if lost != expected:
        yield f"segments {lost} are lost, {expected} had to be"


def _breaks(row: Row, holding: Holding, recorded: Recorded) -> Iterator[str]:
    """DISCONTINUITY is where the source's media breaks, and nowhere else; nothing breaks within a stored segment."""
    for run in holding.runs:
        if within := [after.position for before, after in pairwise(run) if row.breaks(before, after)]:
            yield f"a stored segment has a break within it, before segments {within}"
    listed = list(zip(holding.runs, recorded.listed, strict=True))
    for (before, _), (run, entry) in pairwise(listed):
        if before and run and entry.discontinuity != row.breaks(before[-1], run[0]):
            yield f"{'a false' if entry.discontinuity else 'no'} DISCONTINUITY before segment {run[0].position}"
    if recorded.listed and recorded.listed[0].discontinuity:
        yield "a DISCONTINUITY before the first segment"


def _times(holding: Holding, recorded: Recorded, *, dated: bool) -> Iterator[str]:
    """The source's clock and durations are kept; TARGETDURATION covers the longest (RFC 8216, section 4.3.3.1)."""
    for run, entry in zip(holding.runs, recorded.listed, strict=True):
        if not run:
            continue
        if abs(entry.duration_s - SEGMENT_S * len(run)) > _ROUNDED_S:
            yield f"segments {run[0].position} to {run[-1].position} are listed with {entry.duration_s} s"
        date = run[0].begins_at if dated else None
        if entry.date != date:
            yield f"segment {run[0].position} is dated {entry.date} instead of {date}"
        if int(entry.duration_s + 0.5) > recorded.target_duration_s:
            yield f"TARGETDURATION {recorded.target_duration_s:g} is shorter than {entry.duration_s} s"


def _gaps(row: Row, unavoidable: list[Entry], recorded: Recorded) -> Iterator[str]:
    """`recording.json` says what is missing, each gap with its place, its length and its cause."""
    expected = list(_true_gaps(row, unavoidable))
    told = [{key: gap[key] for key in _TOLD} for gap in recorded.gaps]
    if told != expected:
        yield f"the gaps are told as [{_worded(told)}] instead of [{_worded(expected)}]"
    if any(not gap["why"] for gap in recorded.gaps):
        yield "a gap is told without a reason"


def _worded(gaps: Iterable[dict[str, Any]]) -> str:
    return "; ".join(
        "epoch {epoch}, {first} to {last}, {cause}, from {begin} for {duration_s} s".format_map(gap) for gap in gaps
    )


def _true_gaps(row: Row, unavoidable: list[Entry]) -> Iterator[dict[str, Any]]:
    """Runs of what one cause kept away on one line."""

    def run_of(numbered: tuple[int, Entry]) -> tuple[int, int, Cause]:
        number, entry = numbered
        return entry.line, entry.sequence - number, row.cause(entry)

    for (line, _, cause), group in groupby(enumerate(unavoidable), run_of):
        lost = [entry for _, entry in group]
        begin = to_iso(lost[0].begins_at) if row.dated else None
        place = (line, lost[0].sequence, lost[-1].sequence, begin, float(SEGMENT_S * len(lost)), cause.value)
        yield dict(zip(_TOLD, place, strict=True))
