"""What a recording has cost."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mntreamer.domain.recordings.recording import RecordingStatus
from mntreamer.domain.recordings.recording_cost import RecordingRates, cost_of
from tests.contract.records import NOON, a_recording, minutes

RATES = RecordingRates(launch=0.001, hour=0.03, standby_hour=0.02, gigabyte_month=0.025)
MONTH = timedelta(hours=730)
ENDED = NOON + minutes(180)
KEPT = a_recording(
    opened_at=NOON,
    first_segment_at=NOON,
    last_segment_at=ENDED,
    status=RecordingStatus.IDLE,
    size_bytes=10_000_000_000,
)


def test_recording_costs_by_the_hour_and_for_each_recorder() -> None:
    assert cost_of(KEPT, RATES, ENDED).recorded == pytest.approx(0.001 + 3 * 0.03)
    relaunched = a_recording(
        **{name: getattr(KEPT, name) for name in ("opened_at", "last_segment_at", "status")}, generation=4
    )
    assert cost_of(relaunched, RATES, ENDED).recorded == pytest.approx(4 * 0.001 + 3 * 0.03)


def test_who_stands_by_costs_its_own_hours() -> None:
    doubled = replace(KEPT, recorders=2)
    assert cost_of(doubled, RATES, ENDED).recorded == pytest.approx(0.001 + 3 * (0.03 + 0.02))


def test_keeping_costs_by_gigabytes_and_months() -> None:
    grown = cost_of(KEPT, RATES, ENDED).kept
    later = cost_of(KEPT, RATES, ENDED + 2 * MONTH)
    assert later.kept - grown == pytest.approx(10 * 2 * 0.025)
    assert later.recorded == cost_of(KEPT, RATES, ENDED).recorded
    assert later.in_all == later.recorded + later.kept


def test_while_it_is_recorded_it_costs_until_now() -> None:
    growing = a_recording(opened_at=NOON, first_segment_at=NOON, last_segment_at=NOON + minutes(59), size_bytes=1)
    assert cost_of(growing, RATES, NOON + minutes(60)).recorded == pytest.approx(0.001 + 0.03)


def test_one_that_stored_nothing_costs_its_launches() -> None:
    failed = a_recording(opened_at=NOON, generation=6, status=RecordingStatus.FAILED)
    cost = cost_of(failed, RATES, NOON + MONTH)
    assert cost.recorded == pytest.approx(0.006)
    assert cost.kept == 0


def test_what_is_deleted_for_good_costs_no_more() -> None:
    gone = a_recording(
        opened_at=NOON,
        first_segment_at=NOON,
        last_segment_at=ENDED,
        status=RecordingStatus.TERMINATED,
        size_bytes=KEPT.size_bytes,
        purged_at=ENDED + MONTH,
    )
    assert cost_of(gone, RATES, ENDED + 9 * MONTH) == cost_of(gone, RATES, ENDED + MONTH)
