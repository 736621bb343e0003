"""A server on loopback, and the session that may talk to it."""

from collections.abc import Iterator

import pytest
import requests

from mntreamer.public_http.session import public_session
from tests.integration.loopback_server import LoopbackServer, loopback_server


@pytest.fixture
def server() -> Iterator[LoopbackServer]:
    with loopback_server() as running:
        yield running


@pytest.fixture
def session() -> Iterator[requests.Session]:
    with public_session(frozenset({"127.0.0.1"})) as allowing:
        yield allowing
