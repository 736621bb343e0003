"""An answer that comes whole and in time, or not at all."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import requests

from mntreamer.domain.errors import ForbiddenAddress, NotFetched
from mntreamer.public_http.deadline import Deadline
from mntreamer.public_http.failures import UNFETCHABLE, reason_of

_CHUNK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class WholeAnswer:
    """An answer of any status with all of its body, decoded; `url` is where the redirects ended."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    url: str = field(repr=False)


def get_whole(
    session: requests.Session, url: str, headers: Mapping[str, str], *, max_bytes: int, within_s: float
) -> WholeAnswer:
    """What a GET of the URL brings through a `public_session`.

    Raises NotFetched where nothing comes, where less comes than `Content-Length` announced (RFC 9112, section 8) or
    more than `max_bytes`, and where it is not all here after `within_s`, redirects included. Only the making of a
    connection is not cut short by that: it has the session's own time-out.
    """
    return _whole(session, requests.Request("GET", url, headers), max_bytes, within_s)


def post_whole(
    session: requests.Session, url: str, headers: Mapping[str, str], body: bytes, *, max_bytes: int, within_s: float
) -> WholeAnswer:
    """What a POST of this body brings, as `get_whole` does, but that no redirect is followed."""
    request = requests.Request("POST", url, headers, data=body)
    return _whole(session, request, max_bytes, within_s, follows_redirects=False)


def _whole(
    session: requests.Session,
    request: requests.Request,
    max_bytes: int,
    within_s: float,
    *,
    follows_redirects: bool = True,
) -> WholeAnswer:
    try:
        with (
            Deadline(within_s) as deadline,
            session.send(_prepared(session, request), stream=True, allow_redirects=follows_redirects) as response,
        ):
            body = _body(response, max_bytes)
            deadline.check()
    except ForbiddenAddress as error:
        raise NotFetched(str(error)) from None
    except UNFETCHABLE as error:
        why = f"not within {within_s:g} s" if deadline.is_over else reason_of(error)
        raise NotFetched(f"{_host(request.url)} did not answer: {why}") from None
    return WholeAnswer(response.status_code, response.headers, body, response.url)


def _prepared(session: requests.Session, request: requests.Request) -> requests.PreparedRequest:
    """What `session.request` would send, which spends an eighth of its time on settings that this session lacks."""
    # The session's own jar refuses all cookies. One of this request would keep those of its redirects.
    request.headers = {**session.headers, **request.headers}
    request.cookies = session.cookies
    return request.prepare()


def _body(response: requests.Response, max_bytes: int) -> bytes:
    """One that is as long as it was announced is read into one piece of memory, without a copy."""
    announced = response.raw.length_remaining
    if announced is None or "Content-Encoding" in response.headers:
        return b"".join(_chunks(response, max_bytes))
    _check_size(announced, response, max_bytes)
    body: bytes = response.raw.read()
    return body


def _chunks(response: requests.Response, max_bytes: int) -> Iterator[bytes]:
    size_bytes = 0
    for chunk in response.iter_content(_CHUNK_BYTES):
        size_bytes += len(chunk)
        _check_size(size_bytes, response, max_bytes)
        yield chunk


def _check_size(size_bytes: int, response: requests.Response, max_bytes: int) -> None:
    if size_bytes > max_bytes:
        raise NotFetched(f"{_host(response.url)} answered more than {max_bytes} bytes")


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or "a URL without a host"
    except ValueError:
        return "what is no URL"
