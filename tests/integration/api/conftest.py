"""One running server for all tests that need one."""

from collections.abc import Iterator

import pytest

from mntreamer.api.document.openapi import openapi_document, operations_in
from tests.integration.api.running import Running, running

_OPERATIONS = len(list(operations_in(openapi_document())))


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Two recordings for each operation, so that none is in another's way."""
    with running(tmp_path_factory.mktemp("running"), 2 * _OPERATIONS) as server:
        yield server
