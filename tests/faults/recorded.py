"""What a recording holds, read as its viewers get it: from the published playlist and what that lists."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import m3u8

from mntreamer.domain.recordings.recording import Recording
from mntreamer.ports import MediaStore
from tests.faults.fingerprints import Fingerprints, fingerprints_of


@dataclass(frozen=True)
class Listed:
    """One entry of the published playlist, and what is in its segment."""

    content: Fingerprints
    duration_s: float
    date: datetime | None
    discontinuity: bool


@dataclass(frozen=True)
class Recorded:
    """`gaps` as `recording.json` tells them; `ended`: there is an ENDLIST."""

    listed: tuple[Listed, ...]
    target_duration_s: float
    ended: bool
    gaps: tuple[Mapping[str, Any], ...]

    @property
    def contents(self) -> list[Fingerprints]:
        return [entry.content for entry in self.listed]


def read_recorded(store: MediaStore, recording: Recording) -> Recorded:
    """Raises LookupError where the recording has no playlist or no account, or a listed segment is missing."""
    playlist = m3u8.loads(_read(store, recording.prefix + "index.m3u8").decode())
    account = json.loads(_read(store, recording.prefix + "recording.json"))
    listed = tuple(_listed(segment, _read(store, recording.prefix + segment.uri)) for segment in playlist.segments)
    return Recorded(listed, playlist.target_duration or 0.0, playlist.is_endlist, tuple(account["gaps"]))


def _listed(segment: Any, body: bytes) -> Listed:
    return Listed(fingerprints_of(body), segment.duration, segment.program_date_time, segment.discontinuity)


def _read(store: MediaStore, key: str) -> bytes:
    stored = store.get(key)
    if stored is None:
        raise LookupError(f"{key.rpartition('/')[2]} is missing")
    return stored.body
