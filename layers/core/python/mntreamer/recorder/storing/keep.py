"""What is put into the store: a stored segment under its own name, and the bytes of what could not be read."""

import hashlib
import json
import logging
from dataclasses import dataclass
from pathlib import PurePath

from mntreamer.domain.error_place import kind_and_place
from mntreamer.domain.errors import SourceError
from mntreamer.domain.media_path import DAMAGED, SEGMENTS
from mntreamer.domain.playlists.source_playlist import SegmentName, parse_segment_name
from mntreamer.domain.segments.stored_segment import StoredSegment, from_metadata, to_metadata
from mntreamer.ports import MediaStore
from mntreamer.recorder.storing.spool import Spool

_SEGMENT_TYPE = "video/mp2t"
_DAMAGED_TYPE = "application/octet-stream"
# Enough to find out what is wrong with a source; more would be another recording.
_MOST_DAMAGED = 20
_MOST_DAMAGED_BYTES = 100_000_000
_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Addressed:
    """A segment and the recording that it belongs to: all that it takes to store it, whoever does."""

    prefix: str
    segment: StoredSegment

    @property
    def spool_name(self) -> str:
        """Sorts as the segments of a recording do."""
        return f"{spool_begin(self.prefix)}{self.segment.name.file}"

    @property
    def label(self) -> str:
        """In one line, what `addressed` reads."""
        name = self.segment.name.file
        return json.dumps({"prefix": self.prefix, "name": name, "metadata": to_metadata(self.segment)})

    def keep(self, store: MediaStore, body: bytes) -> None:
        """Store it unless its name is taken, which means that it is stored already."""
        store.put_new(self._key, body, _SEGMENT_TYPE, to_metadata(self.segment))

    def is_kept(self, store: MediaStore) -> bool:
        """Whether it is stored, whoever did."""
        return store.version(self._key) is not None

    @property
    def _key(self) -> str:
        return f"{self.prefix}{SEGMENTS}{self.segment.name.file}"


def spool_begin(prefix: str) -> str:
    """What the names of a recording's segments begin with in the spool."""
    return hashlib.sha256(prefix.encode()).hexdigest()[:16] + "-"


def addressed(label: str, size_bytes: int) -> Addressed:
    """The inverse of `Addressed.label`. Raises SourceError for one that is damaged."""
    try:
        facts = json.loads(label)
        name = parse_segment_name(facts["name"])
        return Addressed(facts["prefix"], from_metadata(name, facts["metadata"], size_bytes))
    except (ValueError, KeyError, TypeError) as error:
        raise SourceError(f"a file in the spool is damaged ({type(error).__name__}); it is left alone") from None


def keep_damaged(store: MediaStore, prefix: str, name: SegmentName, body: bytes) -> None:
    """Store bytes that could not be read beside the recording, unless it has enough of them."""
    kept = [(store.metadata(key) or ({}, 0))[1] for key in store.list_keys(prefix + DAMAGED)]
    if len(kept) < _MOST_DAMAGED and sum(kept) + len(body) <= _MOST_DAMAGED_BYTES:
        store.put_new(f"{prefix}{DAMAGED}{PurePath(name.file).stem}.bin", body, _DAMAGED_TYPE, {})


def keep_left(store: MediaStore, spool: Spool) -> None:
    """Store what recorders left in the spool that nobody will come for; what the store still does not take stays."""
    for held in spool.left():
        try:
            addressed(held.label, held.size_bytes).keep(store, b"".join(spool.read(held)))
        except Exception as error:  # noqa: BLE001 -- whatever ails the store or this one file, the others go on
            _logger.warning("%s stays in the spool: %s", held.name, kind_and_place(error))
            spool.leave(held)
        else:
            spool.drop(held)
