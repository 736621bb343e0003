"""Whose page made the browser send a request, by what browsers say about it."""

import pytest

from mntreamer.domain.errors import NotSameOrigin
from mntreamer.domain.same_origin import require_same_origin

HOST = "nas.example:8443"


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "same-origin"},
        {"sec-fetch-site": "same-origin", "origin": "https://elsewhere.example"},  # a proxy that renames the host
        {"origin": f"https://{HOST}"},
        {"origin": f"http://{HOST}"},
    ],
)
@pytest.mark.parametrize("method", ["POST", "PATCH", "DELETE", "PUT"])
def test_our_own_pages_may_change_things(method: str, headers: dict[str, str]) -> None:
    require_same_origin(method, {"host": HOST} | headers)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec-fetch-site": "cross-site", "origin": f"https://{HOST}"},
        {"sec-fetch-site": "same-site"},  # another port or another name of the same domain
        {"sec-fetch-site": "none"},
        {"origin": "https://evil.example"},
        {"origin": "https://nas.example"},
        {"origin": "https://nas.example:8080"},
        {"origin": f"https://evil.example#{HOST}"},
        {"origin": f"https://{HOST}@evil.example"},
        {"origin": "null"},
        {"origin": ""},
        {"origin": "https://["},
        {"origin": f"https://{HOST}", "host": ""},
        {"origin": "file://", "host": ""},
    ],
)
@pytest.mark.parametrize("method", ["POST", "PATCH", "DELETE", "PUT"])
def test_others_may_not(method: str, headers: dict[str, str]) -> None:
    with pytest.raises(NotSameOrigin):
        require_same_origin(method, {"host": HOST} | headers)


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_reading_needs_no_proof(method: str) -> None:
    require_same_origin(method, {"host": HOST, "sec-fetch-site": "cross-site", "origin": "https://evil.example"})
