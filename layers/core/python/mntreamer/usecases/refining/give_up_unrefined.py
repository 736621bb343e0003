"""What nobody has refined for long is deleted as people delete; it can be restored for a week at the least."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

from mntreamer.correlation import correlated
from mntreamer.domain.error_place import kind_and_place
from mntreamer.domain.recordings.lifecycle import deleted
from mntreamer.domain.recordings.recording import Recording, RecordingStatus
from mntreamer.domain.recordings.recording_order import Place, place_of
from mntreamer.domain.recordings.unrefined import is_left_unrefined, unrefined_grace
from mntreamer.ports import Ports
from mntreamer.usecases.recordings.find_recording import find_recording
from mntreamer.usecases.refining.follow_deletion import follow_deletion, withdraw
from mntreamer.usecases.refining.rewrite_recording import write_as_read

_PAGE = 100
_logger = logging.getLogger(__name__)


def give_up_unrefined(ports: Ports, limit: int) -> int:
    """Delete at the most `limit` recordings that have waited for `unrefined_kept_for`; how many it were."""
    kept_for = ports.settings.unrefined_kept_for
    if kept_for is None:
        return 0
    now = ports.clock()
    left = (waiting for waiting in _waiting(ports, now - kept_for) if is_left_unrefined(waiting, now, kept_for))
    return sum(_give_up_safely(ports, recording, kept_for) for recording in islice(left, limit))


def _waiting(ports: Ports, began_before: datetime) -> Iterator[Recording]:
    """Those to refine. What began later cannot have been over for so long."""
    place = Place(began_before, "")
    while page := ports.recordings.newest([RecordingStatus.IDLE], _PAGE, place):
        yield from page
        place = place_of(page[-1])


def _give_up_safely(ports: Ports, recording: Recording, kept_for: timedelta) -> bool:
    with correlated(recording.prefix):
        try:
            return _give_up(ports, recording.recording_id, kept_for)
        except Exception as error:  # noqa: BLE001 -- it stays to refine, and others have their turn
            _logger.error("%s could not be given up, tried again: %s", recording.prefix, kind_and_place(error))
            return False


def _give_up(ports: Ports, recording_id: str, kept_for: timedelta) -> bool:
    """Whether it is deleted. The row decides; it is published again for whoever confirms it meanwhile."""
    recording = find_recording(ports, recording_id)
    now = ports.clock()
    if not is_left_unrefined(recording, now, kept_for):
        return False
    withdraw(ports, recording.prefix, is_withdrawn=True)
    grace = unrefined_grace(ports.settings.deletion_grace)
    given_up = write_as_read(ports, recording, deleted(recording, now, grace))
    follow_deletion(ports, given_up or find_recording(ports, recording_id))
    if given_up:
        _logger.info("%s is deleted: nobody confirmed it for %s days", recording.prefix, kept_for / timedelta(days=1))
    return given_up is not None
