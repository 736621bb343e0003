"""Asking a platform's JSON API: every failure becomes a PlatformError that names the host and never the URL."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from urllib.parse import urlencode, urlsplit

import requests

from mntreamer.domain.errors import NotFetched, PlatformBlocked, PlatformError, PlatformUnavailable
from mntreamer.public_http.whole_answer import WholeAnswer, get_whole

MAX_BYTES = 5_000_000
WITHIN_S = 20.0
# Who asks for more has made a mistake, and a day later one more request does no harm.
LONGEST_RETRY_AFTER_S = 24 * 60 * 60.0

_STAY_AWAY = (HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS)
_SECONDS = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP status and the JSON that came with it, whatever it holds."""

    status: int
    body: object


def get_json(session: requests.Session, url: str, params: Mapping[str, str], headers: Mapping[str, str]) -> Answer:
    """What a GET of the URL answers, of any status but 403, 429 and 5xx.

    Raises PlatformBlocked for the first two, PlatformUnavailable for the last, whatever comes with it; PlatformError
    where nothing or something else than JSON comes back, more than MAX_BYTES, or not all of it within WITHIN_S.
    """
    host = urlsplit(url).hostname
    answer = _fetched(session, f"{url}?{urlencode(params)}" if params else url, headers)
    if answer.status in _STAY_AWAY:
        message = f"{host} asked us to stay away: HTTP {answer.status}"
        raise PlatformBlocked(message, retry_after_s(answer.headers))
    if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        message = f"{host} is in trouble: HTTP {answer.status}"
        raise PlatformUnavailable(message, retry_after_s(answer.headers))
    try:
        return Answer(answer.status, json.loads(answer.body))
    except (ValueError, RecursionError):
        raise PlatformError(f"{host} answered HTTP {answer.status} with a body that is not JSON") from None


def _fetched(session: requests.Session, url: str, headers: Mapping[str, str]) -> WholeAnswer:
    try:
        return get_whole(session, url, headers, max_bytes=MAX_BYTES, within_s=WITHIN_S)
    except NotFetched as error:
        raise PlatformError(str(error)) from None


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
