"""The time as it really is: the port `Clock` outside of tests."""

from datetime import UTC, datetime

from mntreamer.domain.times import whole_milliseconds


def utc_now() -> datetime:
    return whole_milliseconds(datetime.now(UTC))
