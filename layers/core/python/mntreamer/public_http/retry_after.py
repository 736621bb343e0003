"""How long an answer asks to be left alone."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

# Who asks for more has made a mistake, and a day later one more request does no harm.
LONGEST_RETRY_AFTER_S = 24 * 60 * 60.0
_SECONDS = re.compile(r"[0-9]{1,9}")


def retry_after_s(headers: Mapping[str, str]) -> float | None:
    """The seconds that `Retry-After` asks for (RFC 9110, section 10.2.3), a day at most; None if it asks for nothing.

    A date counts from the answer's own `Date`, so that no other clock has to agree with the platform's.
    """
    wanted = headers.get("Retry-After", "").strip()
    if _SECONDS.fullmatch(wanted):
        return min(float(wanted), LONGEST_RETRY_AFTER_S)
    until, sent = _http_date(wanted), _http_date(headers.get("Date", ""))
    return min(max(0.0, (until - sent).total_seconds()), LONGEST_RETRY_AFTER_S) if until and sent else None


def _http_date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
