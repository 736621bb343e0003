"""What is known of our login to a platform, and how it is told: never what the login is.

Every decision is pure: from a platform's state to what to write, under `login_notice_of` that state.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mntreamer.domain.monitors.platform_state import PlatformState, PlatformStateChanges


class LoginStatus(StrEnum):
    NONE = "none"
    IN_USE = "in_use"
    EXPIRED = "expired"
    UNUSABLE = "unusable"  # there is one, but it cannot be read


@dataclass(frozen=True, slots=True)
class Login:
    """`since`: when it was noticed that the login has expired."""

    state: LoginStatus
    since: datetime | None = None


def login_notice_of(state: PlatformState) -> PlatformStateChanges:
    """What is known of the login is written under this."""
    return PlatformStateChanges(login_expired_at=state.login_expired_at)


def expired_since(state: PlatformState, renewed_at: datetime) -> datetime | None:
    """Since when the login that is from `renewed_at` has expired; a notice from before that was of another login."""
    noticed_at = state.login_expired_at
    return noticed_at if noticed_at and noticed_at >= renewed_at else None


def after_refused_login(state: PlatformState, renewed_at: datetime, now: datetime) -> PlatformStateChanges | None:
    """What is written once the platform took the login for nobody's: the time, once for each login."""
    return None if expired_since(state, renewed_at) else PlatformStateChanges(login_expired_at=now)


def after_taken_login(state: PlatformState) -> PlatformStateChanges | None:
    """What is written once the platform took the login for somebody's: that nothing is wrong with it any more."""
    return PlatformStateChanges(login_expired_at=None) if state.login_expired_at else None
