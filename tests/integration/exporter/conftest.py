from datetime import timedelta
from pathlib import Path

import pytest

from mntreamer_local.files.file_store import FileStore
from mntreamer_local.files.links import LinkSigner
from tests.contract.records import NOON
from tests.integration.exporter.making import Making
from tests.integration.exporter.stored_recording import StoredRecording


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path, LinkSigner(b"a secret key", lambda: NOON))


@pytest.fixture
def recording(store: FileStore) -> StoredRecording:
    return StoredRecording(store)


@pytest.fixture
def making(store: FileStore) -> Making:
    """Its clock goes on by eleven seconds with each look."""
    return Making(store, NOON, timedelta(seconds=11))
