"""Asking a platform's JSON API: every failure becomes a PlatformError that names the host and never the URL."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlencode, urlsplit

import requests

from mntreamer.domain.errors import NotFetched, PlatformBlocked, PlatformError, PlatformUnavailable
from mntreamer.public_http.retry_after import retry_after_s
from mntreamer.public_http.whole_answer import WholeAnswer, get_whole

MAX_BYTES = 5_000_000
WITHIN_S = 20.0

_STAY_AWAY = (HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS)


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
