"""Times as they are stored and shown: aware UTC datetimes inside, ISO 8601 with milliseconds and `Z` outside.

The text form has one length, so that sorting it sorts the times: an index key in both databases.
"""

from datetime import UTC, datetime, timedelta


def to_iso(moment: datetime) -> str:
    """`2026-11-22T09:30:00.000Z`. Finer parts than a millisecond are cut off."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def from_iso(text: str) -> datetime:
    """The aware datetime of an ISO 8601 text. Raises ValueError for anything else, or without a zone."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text!r} has no time zone")
    return moment.astimezone(UTC)


def seconds(amount: float) -> timedelta:
    return timedelta(seconds=amount)


def whole_milliseconds(moment: datetime) -> datetime:
    """The moment as it will be read back once stored."""
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)
