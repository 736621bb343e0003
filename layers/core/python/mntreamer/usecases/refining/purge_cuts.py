"""What is cut out of a recording is given up for good: its segments are deleted, its cuts cannot be undone."""

from dataclasses import replace

from mntreamer.domain.recordings.lifecycle import may_purge_cuts
from mntreamer.domain.recordings.recording import Recording
from mntreamer.domain.refining.edits import Edits
from mntreamer.ports import Ports
from mntreamer.usecases.recordings.find_recording import find_recording
from mntreamer.usecases.refining.edit_recording import Edited, edit_recording
from mntreamer.usecases.refining.rewrite_recording import write_as_read


def purge_cuts(ports: Ports, recording_id: str) -> Recording:
    """The recording, with the `purge_at` from which on the segments are deleted; without one if nothing is cut out.

    The cuts are marked first: nothing is deleted of which a cut could still be undone. Should it break off there, the
    next call goes on. Raises NotFound and WrongState.
    """
    while True:
        recording = find_recording(ports, recording_id)
        may_purge_cuts(recording)
        if not edit_recording(ports, recording, _given_up).edits.cuts:
            return recording
        if purging := write_as_read(ports, recording, {"purge_at": ports.clock()}):
            return purging


def _given_up(edited: Edited) -> Edits:
    return replace(edited.edits, cuts=tuple(replace(cut, is_purged=True) for cut in edited.edits.cuts))
