"""What a recorder's end means for its recording, in the tables."""

from mntreamer.domain.reason import Reason
from mntreamer.domain.recordings.recording import Recording, RecordingChanges
from mntreamer.ports import Ports
from mntreamer.recorder.ending.ending import Ending
from mntreamer.usecases.recordings.begin_next_part import begin_next_part
from mntreamer.usecases.recordings.leave_recording import leave_recording, leave_unwanted
from mntreamer.usecases.recordings.stop_recording import leave_stopped


def leave(
    ports: Ports, ending: Ending, refusal: Reason | None, recording: Recording, progress: RecordingChanges
) -> Recording | None:
    """The next part of it, where it is full. `refusal` says why it may not be recorded, if so."""
    if ending is Ending.FULL:
        return begin_next_part(ports, recording, progress)
    if ending is Ending.CALLED_OFF:
        leave_stopped(ports, recording, progress)
    elif ending is Ending.UNWANTED:
        leave_unwanted(ports, recording, progress)
    else:
        ended_at = ports.clock() if ending is Ending.OVER else None
        problem = refusal if ending is Ending.REFUSED else None
        leave_recording(ports, recording, progress, ended_at, problem)
    return None
