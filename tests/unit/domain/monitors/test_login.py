"""When a login counts as expired, and what is written about it."""

from datetime import UTC, datetime, timedelta

from mntreamer.domain.monitors.login import after_refused_login, after_taken_login, expired_since, login_notice_of
from mntreamer.domain.monitors.platform_state import PlatformState

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
RENEWED_AT = NOON - timedelta(days=30)
FINE = PlatformState("chzzk")
EXPIRED = PlatformState("chzzk", login_expired_at=NOON)


def test_a_login_is_taken_for_good_until_it_is_refused() -> None:
    assert expired_since(FINE, RENEWED_AT) is None
    assert after_refused_login(FINE, RENEWED_AT, NOON) == {"login_expired_at": NOON}
    assert expired_since(EXPIRED, RENEWED_AT) == NOON


def test_a_refusal_is_written_once_for_each_login() -> None:
    later = NOON + timedelta(minutes=1)
    assert after_refused_login(EXPIRED, RENEWED_AT, later) is None
    assert after_refused_login(EXPIRED, NOON + timedelta(seconds=1), later) == {"login_expired_at": later}


def test_a_renewed_login_has_not_expired() -> None:
    assert expired_since(EXPIRED, NOON + timedelta(seconds=1)) is None


def test_a_login_that_is_taken_has_not_expired() -> None:
    assert after_taken_login(EXPIRED) == {"login_expired_at": None}
    assert after_taken_login(FINE) is None


def test_a_notice_is_written_where_nobody_wrote_another() -> None:
    assert login_notice_of(FINE) == {"login_expired_at": None}
    assert login_notice_of(EXPIRED) == {"login_expired_at": NOON}
