"""A browser's session: a signed text that says until when it is good, and nothing about anybody.

Nothing is stored, so a session is ended by its own end, by the browser that forgets it, and by a new API token.
"""

from datetime import UTC, datetime, timedelta

from mntreamer.domain.signed_claim import derived_key, read_signed, sign

LIFE = timedelta(days=30)


def session_key(api_token: str) -> bytes:
    """The key that signs: another one than that of playback links, which strangers hold."""
    return derived_key(api_token, "session")


def begin_session(now: datetime, key: bytes) -> tuple[str, datetime]:
    """A session, and when it ends."""
    ends_at = (now + LIFE).replace(microsecond=0)
    return sign([int(ends_at.timestamp())], key), ends_at


def session_end(session: str, now: datetime, key: bytes) -> datetime | None:
    """When the session ends. None for one that has ended or is not ours."""
    claim = read_signed(session, key)
    ends_at = datetime.fromtimestamp(claim[0], UTC) if claim else None
    return ends_at if ends_at and now < ends_at else None
