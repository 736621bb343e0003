"""Asking a platform's JSON API: every failure becomes a PlatformError that names the host and never the URL."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from urllib.parse import urlsplit

import requests

from mntreamer.domain.errors import ForbiddenAddress, PlatformBlocked, PlatformError

_STAY_AWAY = (HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS)
_SECONDS = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP status and the JSON that came with it, whatever it holds."""

    status: int
    body: object


def get_json(session: requests.Session, url: str, params: Mapping[str, str], headers: Mapping[str, str]) -> Answer:
    """What a GET of the URL answers, of any status but 403 and 429.

    Raises PlatformBlocked for those, PlatformError where nothing or something else than JSON comes back.
    """
    host = urlsplit(url).hostname
    try:
        response = session.get(url, params=params, headers=headers)
    except ForbiddenAddress as error:
        raise PlatformError(str(error)) from error
    except requests.RequestException as error:
        raise PlatformError(f"{host} did not answer: {type(error).__name__}") from None
    if response.status_code in _STAY_AWAY:
        message = f"{host} asked us to stay away: HTTP {response.status_code}"
        raise PlatformBlocked(message, retry_after_s(response.headers))
    try:
        return Answer(response.status_code, json.loads(response.content))
    except (ValueError, RecursionError):
        raise PlatformError(f"{host} answered HTTP {response.status_code} with a body that is not JSON") from None


def retry_after_s(headers: Mapping[str, str]) -> float | None:
    """The seconds that `Retry-After` asks for (RFC 9110, section 10.2.3); None if it asks for nothing.

    A date counts from the answer's own `Date`, so that no other clock has to agree with the platform's.
    """
    wanted = headers.get("Retry-After", "").strip()
    if _SECONDS.fullmatch(wanted):
        return float(wanted)
    until, sent = _http_date(wanted), _http_date(headers.get("Date", ""))
    return max(0.0, (until - sent).total_seconds()) if until and sent else None


def _http_date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
