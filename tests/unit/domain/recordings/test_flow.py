"""Live and not being recorded: what is counted, and what is not."""

from datetime import datetime
from typing import Any

import pytest

from mntreamer.domain.recordings.flow import SILENCE, Flow, flow_of
from mntreamer.domain.recordings.lease import LAUNCH_GRACE
from mntreamer.domain.recordings.recording import RecordingStatus
from tests.contract.records import NOON, a_recording, minutes

NOW = NOON + minutes(10)
LONG_AGO, JUST_NOW = NOW - SILENCE - minutes(1), NOW - minutes(1)


def flow(**facts: Any) -> Flow:
    plain: dict[str, Any] = {"opened_at": LONG_AGO, "lease_until": NOW + minutes(1)}
    return flow_of([a_recording(**plain | facts)], NOW)


def stored(first: datetime, last: datetime) -> dict[str, datetime]:
    return {"first_segment_at": first, "last_segment_at": last}


def test_it_flows() -> None:
    assert flow(**stored(LONG_AGO, JUST_NOW)) == Flow(recording=1)


def test_a_recorder_may_take_its_time_to_begin() -> None:
    assert flow(opened_at=JUST_NOW) == Flow(recording=1)
    assert SILENCE > LAUNCH_GRACE


def test_nothing_was_ever_stored() -> None:
    assert flow() == Flow(recording=1, unrecorded=1)
    assert flow(lease_until=JUST_NOW) == Flow(unrecorded=1)


def test_nothing_is_stored_any_more_though_its_recorder_holds_on() -> None:
    assert flow(**stored(LONG_AGO, LONG_AGO)) == Flow(recording=1, stalled=1)


@pytest.mark.parametrize("over", ["ended_at", "stopped_at"])
def test_what_is_over_need_not_flow(over: str) -> None:
    assert flow(lease_until=JUST_NOW, **{over: JUST_NOW}) == Flow()


def test_what_is_closed_is_not_counted() -> None:
    assert flow(status=RecordingStatus.IDLE) == Flow()
