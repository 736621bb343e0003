"""A standby's seat beside the holder of its recording: kept while it keeps up, left for the lease or for nobody."""

from math import inf

from mntreamer.domain.errors import LeaseLost
from mntreamer.domain.recordings.lease import (
    has_standby,
    is_needless,
    keeps_up,
    takes_over,
    waits_for_next_part,
)
from mntreamer.domain.recordings.recording import Recording, RecordingStatus
from mntreamer.ports import Ports
from mntreamer.recorder.bookkeeping.notes import Notes
from mntreamer.recorder.pace import Pace
from mntreamer.usecases.recordings.accompany_recording import free_seat
from mntreamer.usecases.recordings.open_part import part_after
from mntreamer.usecases.recordings.renew_lease import renew_seat
from mntreamer.usecases.recordings.stored.source import Source
from mntreamer.usecases.recordings.take_over_recording import take_over_recording


class Seat:
    """`recording` is the row as it was last looked at, `standby` whose seat it is: a generation; `notes` are its own.

    `following` is the next part, where the recording is full and the seat beside its holder is kept there.
    All times are seconds on the recorder's own clock.
    """

    def __init__(self, ports: Ports, recording: Recording, standby: int, pace: Pace) -> None:
        self.recording = recording
        self.following: Recording | None = None
        self.notes = Notes()
        self._ports = ports
        self._standby = standby
        self._pace = pace
        self._renew_from_s = -inf
        self._look_from_s = -inf

    @property
    def due_s(self) -> float:
        """When there is something to do for `keep`."""
        return self._look_from_s

    def keep(self, now_s: float) -> Recording | None:
        """See how it is with the recording; renew the seat while what is stored keeps up, take over if it is time.

        The recording where it was taken over. Raises LeaseLost.
        """
        if now_s < self._look_from_s:
            return None
        self.recording = self._looked_at()
        self._look_from_s = now_s + self._pace.watch_every_s
        if self._waits_for_part_after(self.recording):
            self.following = self._followed()
            return None
        if now_s >= self._renew_from_s and keeps_up(self.recording, self._ports.clock(), self.notes.stored_at):
            self.recording = renew_seat(self._ports, self.recording, self._standby)
            self._renew_from_s = now_s + self._pace.renew_every_s
        return take_over_recording(self._ports, self.recording) if self._is_time() else None

    def leave(self) -> None:
        """It is free for another, unless it is kept in the next part."""
        if self.following is None:
            free_seat(self._ports, self.recording, self._standby)

    def _is_ours_in(self, found: Recording) -> bool:
        is_made = found.status is RecordingStatus.RECORDING
        return is_made and found.standby == self._standby and has_standby(found)

    def _waits_for_part_after(self, found: Recording) -> bool:
        return waits_for_next_part(found, self._standby, self._ports.clock())

    def _followed(self) -> Recording | None:
        following = part_after(self._ports, self.recording)
        if following and not self._is_ours_in(following):
            raise LeaseLost(f"{following.recording_id} has no seat for generation {self._standby}")
        return following

    def _is_time(self) -> bool:
        """While the holder still holds it, once what this one stored joins what is listed."""
        now = self._ports.clock()
        if not takes_over(self.recording, now, self.notes.stored_at):
            return False
        is_held = now < self.recording.lease_until
        return not is_held or self.notes.joins(Source(self._ports.store, self.recording.prefix).listing.last)

    def _looked_at(self) -> Recording:
        found = self._ports.recordings.get(self.recording.recording_id)
        if found is None or not (self._is_ours_in(found) or self._waits_for_part_after(found)):
            raise LeaseLost(f"{self.recording.recording_id} has no seat for generation {self._standby} any more")
        if is_needless(found, self._ports.clock()):
            raise LeaseLost(f"{self.recording.recording_id} needs nobody beside generation {found.generation}")
        return found
