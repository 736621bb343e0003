"""An epoch: one unbroken line of media sequences. A source that starts counting anew opens the next one."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from mntreamer.domain.errors import SourceError
from mntreamer.domain.problem_code import ProblemCode
from mntreamer.domain.reason import Reason
from mntreamer.domain.segments.window import Mark, Window
from mntreamer.domain.times import from_iso, to_iso

_BUNDLE_S = 6.0
_MOST = 1000  # their names have three digits, and sort by them


@dataclass(frozen=True, slots=True)
class Epoch:
    """Opened once by a conditional write, and read by every recorder that comes after.

    `bundle_size` is how many source segments make a stored one: the same for all recorders, so that they store the
    same objects. `first_sequence` and `program_date_time` are those of the first segment that was seen.
    """

    number: int
    bundle_size: int
    first_sequence: int
    program_date_time: datetime | None

    @property
    def mark(self) -> Mark:
        return Mark(self.first_sequence, self.program_date_time)

    @property
    def file(self) -> str:
        return f"{self.number:03d}.json"


def epoch_of(window: Window, number: int) -> Epoch:
    """The epoch that this window opens. A bundle is about six seconds long. Raises SourceError beyond the 1000th."""
    if number >= _MOST:
        text = f"the source began to count anew {_MOST} times; what comes now is not recorded"
        raise SourceError(Reason(text, ProblemCode.COUNTED_ANEW, times=_MOST))
    first = window.segments[0]
    bundle_size = max(1, round(_BUNDLE_S / window.target_duration_s))
    return Epoch(number, bundle_size, first.sequence, first.program_date_time)


def render_epoch(epoch: Epoch) -> str:
    date = epoch.program_date_time
    return json.dumps(asdict(replace(epoch, program_date_time=None)) | {"program_date_time": date and to_iso(date)})


def parse_epoch(text: str) -> Epoch:
    """What `render_epoch` wrote. Raises SourceError for a text that it cannot have written."""
    try:
        facts = json.loads(text)
        date = facts.pop("program_date_time")
        return Epoch(program_date_time=from_iso(date) if date else None, **facts)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SourceError(f"a stored epoch is damaged ({type(error).__name__}); the segments are untouched") from None
