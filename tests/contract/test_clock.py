from datetime import UTC, timedelta

import pytest

from mntreamer.clock import utc_now
from mntreamer.domain.times import from_iso, to_iso
from mntreamer.ports import Clock


@pytest.fixture
def clock() -> Clock:
    return utc_now


class TestClock:
    def test_it_tells_utc_in_whole_milliseconds_as_they_are_stored(self, clock: Clock) -> None:
        now = clock()

        assert now.tzinfo is UTC
        assert from_iso(to_iso(now)) == now

    def test_it_goes_on(self, clock: Clock) -> None:
        before = clock()

        assert timedelta(0) <= clock() - before < timedelta(minutes=1)
