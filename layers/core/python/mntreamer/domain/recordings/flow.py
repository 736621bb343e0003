"""Whether what is live is being stored: the one thing that everything else is there for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from mntreamer.domain.recordings.lease import is_held
from mntreamer.domain.recordings.recording import Recording, RecordingStatus

# A first segment takes a recorder a minute, and its row tells of later ones twice a minute.
SILENCE = timedelta(minutes=3)


@dataclass(frozen=True, slots=True)
class Flow:
    """Counts of unfinished recordings: `recording` have a recorder; of the other two nothing arrives, although live.

    Of the `unrecorded` nothing was ever stored, of the `stalled` something was.
    """

    recording: int = 0
    unrecorded: int = 0
    stalled: int = 0


def flow_of(recordings: Iterable[Recording], now: datetime) -> Flow:
    """The flow of these recordings, in whatever state they are."""
    unfinished = [recording for recording in recordings if recording.status is RecordingStatus.RECORDING]
    silent = [recording for recording in unfinished if _is_silent(recording, now)]
    return Flow(
        recording=sum(is_held(recording, now) for recording in unfinished),
        unrecorded=sum(recording.first_segment_at is None for recording in silent),
        stalled=sum(recording.first_segment_at is not None for recording in silent),
    )


def _is_silent(recording: Recording, now: datetime) -> bool:
    """Whether nothing came for too long, although neither the platform nor a person has ended it."""
    if recording.ended_at or recording.stopped_at:
        return False
    return now - (recording.last_segment_at or recording.opened_at) > SILENCE
