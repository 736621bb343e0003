"""Exports are removed: by who ordered one, with their recording, or when their time is over."""

import logging
from collections.abc import Iterable
from itertools import groupby, islice

from mntreamer.domain.errors import NotFound, SourceError
from mntreamer.domain.exports.export_file import parse_export
from mntreamer.domain.exports.export_path import EXPORTS, export_key, exports_prefix, state_key_of
from mntreamer.domain.recordings.recording import Recording
from mntreamer.ports import MediaStore, Ports

_logger = logging.getLogger(__name__)


def remove_export(ports: Ports, recording: Recording, export_id: str) -> None:
    """Remove it with its files; an exporter that is at it finds that out and leaves. Raises NotFound."""
    key = export_key(recording.recording_id, export_id)
    if ports.store.version(key) is None:
        raise NotFound(f"there is no export {export_id} of this recording; it may have expired")
    remove_at(ports.store, key)


def remove_exports(store: MediaStore, recording_id: str) -> None:
    """Remove all exports of a recording: when its segments go, what was copied from them goes, too."""
    for key in _states(store.list_keys(exports_prefix(recording_id))):
        remove_at(store, key)


def expire_exports(ports: Ports, limit: int) -> int:
    """Remove up to `limit` exports whose time is over, or that nobody ordered any more; how many that were.

    On AWS a rule of the bucket does the same.
    """
    states = _states(ports.store.list_keys(EXPORTS))
    expired = list(islice((key for key in states if _is_over(ports, key)), limit))
    for key in expired:
        remove_at(ports.store, key)
    return len(expired)


def remove_at(store: MediaStore, key: str) -> None:
    """The state first: an exporter that ends meanwhile finds it gone, and removes what it made itself."""
    store.delete([key])
    remove_files(store, key)


def remove_files(store: MediaStore, key: str) -> None:
    """Of the export whose state has this key: what an attempt that came to no end had finished."""
    keys = store.list_keys(key.removesuffix(".json"))
    store.delete([other for other in keys if other != key and state_key_of(other) == key])


def _states(keys: Iterable[str]) -> list[str]:
    """The state's key of each export that has any object."""
    return [key for key, _ in groupby(filter(None, map(state_key_of, keys)))]


def _is_over(ports: Ports, key: str) -> bool:
    stored = ports.store.get(key)
    if stored is None:
        return True
    try:
        return ports.clock() >= parse_export(stored.body.decode()).expires_at
    except SourceError as error:
        _logger.error("%s stays: %s", key, error)
        return False
