"""A range is cut out of what people play; the source stays as it is."""

import json
from typing import Any
from uuid import uuid4

from mntreamer.domain.playlists.timelines import Asked, facts_of_range, in_seconds
from mntreamer.domain.recordings.recording import Recording
from mntreamer.domain.refining.cutting import Removal, cut_out, span_of
from mntreamer.domain.refining.edits import Cut, Edits
from mntreamer.domain.refining.idempotency import OneRequest
from mntreamer.domain.times import to_iso
from mntreamer.ports import Ports
from mntreamer.usecases.refining.edit_once import edit_once
from mntreamer.usecases.refining.edit_recording import Edited

Facts = dict[str, Any]


def cut_recording(ports: Ports, recording: Recording, asked: Asked, request: OneRequest | None = None) -> Facts:
    """Cut the segments that start in the range, and tell what was removed, in seconds on both timelines.

    A request that came before is told the same again, even if its cut is undone since. Raises Unprocessable for a
    range that cannot be cut, and as `edit_recording` does.
    """
    cut_id, now = uuid4().hex[:12], ports.clock()

    def make(edited: Edited) -> tuple[Edits, str]:
        cut = Cut(cut_id, span_of(asked, edited.edits, edited.timeline), now)
        changed, removal = cut_out(cut, edited.edits, edited.timeline)
        return changed, json.dumps(_answer(cut, removal))

    answer: Facts = json.loads(edit_once(ports, recording, request, make))
    return answer


def _answer(cut: Cut, removal: Removal) -> Facts:
    return {
        "cut_id": cut.cut_id,
        "made_at": to_iso(cut.made_at),
        "removed": facts_of_range(removal.range),
        "removed_s": in_seconds(removal.removed_us),
        "segments": removal.segments,
        "duration_s": in_seconds(removal.duration_us),
    }
