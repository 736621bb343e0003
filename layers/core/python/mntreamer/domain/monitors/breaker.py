"""A platform's circuit breaker as people and alarms want it told."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mntreamer.domain.monitors.platform_state import PlatformState, closed_until


class BreakerStatus(StrEnum):
    CLOSED = "closed"  # as a circuit is: requests flow
    OPEN = "open"
    HALF_OPEN = "half_open"


@dataclass(frozen=True, slots=True)
class Breaker:
    """`until`: when the pause or the trial that is under way ends. `blocks` and `reason` as in PlatformState."""

    state: BreakerStatus
    blocks: int = 0
    until: datetime | None = None
    reason: str | None = None


def breaker_of(state: PlatformState, now: datetime) -> Breaker:
    """Half open once the pause is over, until a trial's answer shows whether all may ask again."""
    if not state.blocks:
        return Breaker(BreakerStatus.CLOSED)
    is_paused = state.paused_until is not None and now < state.paused_until
    status = BreakerStatus.OPEN if is_paused else BreakerStatus.HALF_OPEN
    return Breaker(status, state.blocks, closed_until(state, now), state.reason)
