"""What a request through a public session can fail with, and how that is told to people."""

import http.client
from collections.abc import Iterator

import requests
from urllib3 import exceptions as urllib3_errors

from mntreamer.domain.errors import ForbiddenAddress

# Everything that a request through the session can raise: not all that urllib3 raises is wrapped by requests, and
# what a redirect or a playlist leads to need not even be a URL. Their texts may hold the whole URL.
UNFETCHABLE: tuple[type[Exception], ...] = (
    requests.RequestException,
    urllib3_errors.HTTPError,
    ValueError,
    ForbiddenAddress,
)

# The first that fits holds: kinds of one another come before them, and what something broke off with before that.
_REASONS: tuple[tuple[tuple[type[BaseException], ...], str], ...] = (
    ((urllib3_errors.NameResolutionError,), "its name leads to no address"),
    ((urllib3_errors.SSLError, requests.exceptions.SSLError), "no trusted TLS connection came about"),
    ((ConnectionRefusedError,), "the connection was refused"),
    ((urllib3_errors.NewConnectionError,), "no way leads to it"),
    ((requests.ConnectTimeout, urllib3_errors.ConnectTimeoutError), "no connection came about in time"),
    ((requests.Timeout, urllib3_errors.ReadTimeoutError), "it was silent for too long"),
    ((requests.TooManyRedirects,), "it redirected too often"),
    ((requests.exceptions.ContentDecodingError, urllib3_errors.DecodeError), "its body cannot be decoded"),
    (
        (ConnectionError, http.client.HTTPException, urllib3_errors.ProtocolError, requests.ConnectionError),
        "the connection broke off",
    ),
    ((ValueError,), "that is no URL"),
)


def reason_of(error: Exception) -> str:
    """Why a request failed with one of `UNFETCHABLE`, in words that give nothing of its URL away."""
    errors = list(_all_in(error))
    fitting = (reason for kinds, reason in _REASONS if any(isinstance(one, kinds) for one in errors))
    return next(fitting, "the request failed")


def _all_in(error: BaseException) -> Iterator[BaseException]:
    """The error and those that it is about: requests and urllib3 keep them among its arguments and as `reason`."""
    yield error
    for inner in (*error.args, getattr(error, "reason", None), error.__cause__):
        if isinstance(inner, BaseException):
            yield from _all_in(inner)
