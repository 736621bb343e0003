from datetime import datetime
from typing import Any

import pytest

from mntreamer.domain.monitors.breaker import Breaker, BreakerStatus, breaker_of
from mntreamer.domain.monitors.platform_state import PlatformState
from tests.contract.records import NOON, minutes

REASON = "api.example asked us to stay away: HTTP 429"


def breaker(**state: Any) -> Breaker:
    return breaker_of(PlatformState("chzzk", **state), NOON)


def test_it_is_closed_while_requests_flow() -> None:
    assert breaker(next_turn_at=NOON) == Breaker(BreakerStatus.CLOSED)


def test_it_is_open_for_as_long_as_the_pause_lasts_and_says_why() -> None:
    until = NOON + minutes(4)
    assert breaker(blocks=3, paused_until=until, reason=REASON) == Breaker(BreakerStatus.OPEN, 3, until, REASON)


@pytest.mark.parametrize(
    ("trial_until", "until"), [(None, None), (NOON, None), (NOON + minutes(0.5), NOON + minutes(0.5))]
)
def test_it_is_half_open_until_a_trial_was_answered(trial_until: datetime | None, until: datetime | None) -> None:
    tried = breaker(blocks=1, paused_until=NOON, trial_until=trial_until, reason=REASON)
    assert tried == Breaker(BreakerStatus.HALF_OPEN, 1, until, REASON)
