"""What a recording has cost so far, as near as its row can tell."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from mntreamer.domain.recordings.recording import Recording, RecordingStatus

_HOUR = timedelta(hours=1)
_MONTH = timedelta(hours=730)
_GB = 1e9


@dataclass(frozen=True, slots=True)
class RecordingRates:
    """Dollars: of each launch of a recorder, an hour of its work or of standing by, a gigabyte kept for a month."""

    launch: float
    hour: float
    standby_hour: float
    gigabyte_month: float


@dataclass(frozen=True, slots=True)
class RecordingCost:
    """Dollars: of recording it, and of keeping it until now."""

    recorded: float
    kept: float

    @property
    def in_all(self) -> float:
        return self.recorded + self.kept


def cost_of(recording: Recording, rates: RecordingRates, now: datetime) -> RecordingCost:
    """Estimated: a recorder is taken to work from the opening to the last stored segment, at the on-demand price."""
    hours = _worked(recording, now) / _HOUR
    standing_by = recording.recorders - 1
    months = _kept_for(recording, now) / _MONTH
    return RecordingCost(
        recorded=recording.generation * rates.launch + hours * (rates.hour + standing_by * rates.standby_hour),
        kept=recording.size_bytes / _GB * months * rates.gigabyte_month,
    )


def _worked(recording: Recording, now: datetime) -> timedelta:
    until = now if recording.status is RecordingStatus.RECORDING else recording.last_segment_at or recording.opened_at
    return max(until - recording.opened_at, timedelta(0))


def _kept_for(recording: Recording, now: datetime) -> timedelta:
    """While it grows, half of it is there on average."""
    if recording.first_segment_at is None:
        return timedelta(0)
    grown_at = now if recording.status is RecordingStatus.RECORDING else recording.last_segment_at or now
    until = max(recording.purged_at or now, grown_at)
    return (until - grown_at) + (grown_at - recording.first_segment_at) / 2
