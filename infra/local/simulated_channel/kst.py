"""The times that CHZZK shows: Korean ones, without saying so."""

from datetime import datetime, timedelta, timezone

_KST = timezone(timedelta(hours=9))


def in_kst(moment: datetime, separator: str = " ") -> str:
    """`2026-09-27 17:52:04`."""
    return moment.astimezone(_KST).replace(tzinfo=None).isoformat(separator, "seconds")
