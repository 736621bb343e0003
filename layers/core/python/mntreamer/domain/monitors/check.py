"""What came of one due monitor."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from mntreamer.domain.monitors.probe import NotAsked, Probe


class Outcome(StrEnum):
    LEFT = "left"  # not even claimed, so that it stays due: no time, or its platform wants to be left alone
    TAKEN = "taken"  # another tick was faster
    PAUSED = "paused"  # by a person, just before
    HELD = "held"  # its recorder is at work: nobody else asks the platform
    WAITING = "waiting"
    FAILED = "failed"
    OPENED = "opened"
    RELAUNCHED = "relaunched"
    CLOSED = "closed"
    BROKEN = "broken"  # an error of our own side; see the log


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its outcome, and what the platform showed if it was asked.

    `launch_failed`: there should be a recorder now, and none could be started. `wait` is how long a channel that
    was not live is left alone now.
    """

    platform: str
    outcome: Outcome
    probe: Probe | None = None
    detection_delay_s: float | None = None
    launch_failed: bool = False
    wait: timedelta = timedelta(0)

    @property
    def was_asked(self) -> bool:
        return not isinstance(self.probe, NotAsked | None)
