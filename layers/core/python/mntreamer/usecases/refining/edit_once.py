"""An edit that may be asked for twice, because its answer was lost on the way, is made once."""

from collections.abc import Callable

from mntreamer.domain.recordings.recording import Recording
from mntreamer.domain.refining.edits import Edits
from mntreamer.domain.refining.idempotency import OneRequest, answer_before, with_answer
from mntreamer.ports import Ports
from mntreamer.usecases.refining.edit_recording import Edited, edit_recording


def edit_once(
    ports: Ports, recording: Recording, request: OneRequest | None, make: Callable[[Edited], tuple[Edits, str]]
) -> str:
    """What `make` answers with, or answered when the request came first: then nothing is changed.

    `make` may be called several times, of which the last counts. Raises as `edit_recording` does, and Unprocessable
    where the request's key was another request's.
    """
    answer = ""

    def change(edited: Edited) -> Edits:
        nonlocal answer
        before = answer_before(edited.edits, request)
        if before is not None:
            answer = before
            return edited.edits
        changed, answer = make(edited)
        return with_answer(changed, request, answer)

    edit_recording(ports, recording, change)
    return answer
