"""The API as the command line calls it: on this machine or on AWS."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.auth import AuthBase

from mntreamer_local.command_line.exit_codes import ExitCode
from mntreamer_local.hosts import is_loopback

_TIMEOUT_S = 30.0
_EXIT_CODES = {
    HTTPStatus.UNAUTHORIZED: ExitCode.NO_ENTRY,
    HTTPStatus.FORBIDDEN: ExitCode.NO_ENTRY,
    HTTPStatus.TOO_MANY_REQUESTS: ExitCode.NO_ENTRY,  # so many wrong tokens that it has to wait
    HTTPStatus.NOT_FOUND: ExitCode.NOT_FOUND,
}


class CallFailed(Exception):
    """The API refused, or could not be reached. `exit_code` is what the command line ends with."""

    def __init__(self, message: str, exit_code: ExitCode, candidates: list[dict[str, str]] | None = None) -> None:
        super().__init__(message)
        self.exit_code = exit_code
        self.candidates = candidates or []


@dataclass(frozen=True, slots=True)
class ApiClient:
    """`url` is the API's origin; `token` is empty where none is asked for. Raises CallFailed for what is no URL."""

    url: str
    token: str = field(repr=False)
    timeout_s: float = _TIMEOUT_S

    def __post_init__(self) -> None:
        if not _is_web_url(self.url):
            example = "one looks like http://127.0.0.1:8080"
            raise CallFailed(f"MNTREAMER_URL is not a URL: {self.url!r}; {example}", ExitCode.USAGE)

    def call(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        query: Mapping[str, Any] | None = None,
    ) -> Any:
        """The answer's JSON, None for an empty one. Of `query` what is None is left out. Raises CallFailed."""
        with requests.Session() as session:
            session.trust_env = not is_loopback(urlsplit(self.url).netloc)  # a proxy does not lead to this machine
            session.auth = _Bearer(self.token)
            try:
                response = session.request(
                    method,
                    f"{self.url}/api/v1{path}",
                    params=query,
                    json=body,
                    timeout=self.timeout_s,
                    allow_redirects=False,  # a POST that is redirected would become a GET
                )
            except requests.RequestException as error:
                raise CallFailed(_no_answer(self.url, error), ExitCode.UNREACHABLE) from None
        return _read(response)

    def pages(self, path: str, query: Mapping[str, Any]) -> Iterator[Any]:
        """The answers of a list, page by page, to the last one. Raises CallFailed."""
        page = self.call("GET", path, query=query)
        yield page
        while page["next"]:
            page = self.call("GET", path, query={**query, "cursor": page["next"]})
            yield page


class _Bearer(AuthBase):
    """RFC 6750, 2.1. Also without a token it stands between the request and what a ~/.netrc would add."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self._token:
            request.headers["Authorization"] = f"Bearer {self._token}".encode()  # type: ignore[assignment] # as UTF-8
        return request


def _no_answer(url: str, error: requests.RequestException) -> str:
    advice = "start one with 'make run'" if is_loopback(urlsplit(url).netloc) else "look at MNTREAMER_URL"
    return f"no server answers at {url}; {advice} ({type(error).__name__})"


def _is_web_url(url: str) -> bool:
    """What has a name or password in it is none of ours: it would be shown wherever the URL is."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0 and "@" not in url
    except ValueError:
        return False


def _read(response: requests.Response) -> Any:
    if response.status_code == HTTPStatus.NO_CONTENT:
        return None
    if response.is_redirect:
        raise CallFailed("the server is elsewhere; give MNTREAMER_URL as it is reached", ExitCode.UNREACHABLE)
    try:
        answer = response.json()
    except requests.JSONDecodeError:
        raise _strange(response, " without JSON") from None
    if response.ok:
        return answer
    raise _refusal(response, answer.get("error") if isinstance(answer, dict) else None)


def _refusal(response: requests.Response, error: Any) -> CallFailed:
    """What the API says stands in `error`; where there is none, something before the API has answered."""
    if response.status_code == HTTPStatus.UNAUTHORIZED:
        return CallFailed(
            "the server asks for its token: set MNTREAMER_TOKEN to what is in DATA/token, or MNTREAMER_TOKEN_FILE "
            "to a file that holds it",
            ExitCode.NO_ENTRY,
        )
    if not isinstance(error, dict):
        return _strange(response)
    exit_code = _EXIT_CODES.get(HTTPStatus(response.status_code), ExitCode.REFUSED)
    return CallFailed(error["message"], exit_code, error.get("candidates"))


def _strange(response: requests.Response, how: str = "") -> CallFailed:
    is_refused = response.status_code == HTTPStatus.FORBIDDEN
    exit_code = ExitCode.NO_ENTRY if is_refused else ExitCode.UNREACHABLE
    return CallFailed(f"the server answered HTTP {response.status_code}{how}", exit_code)
