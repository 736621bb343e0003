"""The library is looked through folder by folder, a page at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from mntreamer.domain.errors import NotFound, Unprocessable
from mntreamer.domain.media_path import MEDIA
from mntreamer.domain.recordings.library import behind_folder, folder_in, path_of, prefix_of
from mntreamer.domain.recordings.recording import Recording, RecordingStatus
from mntreamer.ports import Ports


@dataclass(frozen=True, slots=True)
class Page:
    """Of a folder: the names of folders in it, recordings right in it, and behind what the next page begins."""

    folders: list[str]
    recordings: list[Recording]
    next: str | None


@dataclass(frozen=True, slots=True)
class _Entry:
    """A folder, or with its id a recording. Behind `last` the next one begins."""

    name: str
    last: str
    recording_id: str | None = None


def browse_library(ports: Ports, path: str, after: str | None, limit: int) -> Page:
    """A page of the folder at `path`, "" for all, without what was deleted. `after`: as the page before said.

    Each folder costs one look into the index, however much it holds. Raises NotFound where there is no such folder,
    Unprocessable for another folder's `after`.
    """
    under = prefix_of(path)
    if after is not None and not after.startswith(under):
        raise Unprocessable("this cursor is of another folder; begin without one")
    entries = list(islice(_entries(ports, under, after or under, limit), limit + 1))
    if not entries and after is None and under != MEDIA:
        raise NotFound(f"the library has no folder {path_of(under)!r}")
    page = entries[:limit]
    return Page(
        folders=[entry.name for entry in page if entry.recording_id is None],
        recordings=_recordings(ports, page),
        next=page[-1].last if len(entries) > limit else None,
    )


def _entries(ports: Ports, under: str, after: str, limit: int) -> Iterator[_Entry]:
    if under == MEDIA:
        return _platforms(ports, after)
    return _below(ports, under, after, limit)


def _platforms(ports: Ports, after: str) -> Iterator[_Entry]:
    for name in sorted(ports.platforms):
        last = behind_folder(MEDIA, name)
        if last > after and ports.recordings.shelved(name, f"{MEDIA}{name}/", "", 1):
            yield _Entry(name, last)


def _below(ports: Ports, under: str, after: str, limit: int) -> Iterator[_Entry]:
    platform = path_of(under).partition("/")[0]
    many = 1  # of a folder one is enough to know it by
    while found := ports.recordings.shelved(platform, under, after, many):
        for shelved in found:
            name = folder_in(under, shelved.prefix)
            many = 1 if name else limit
            after = behind_folder(under, name) if name else shelved.prefix
            yield _Entry(name, after) if name else _Entry(shelved.prefix, after, shelved.recording_id)
            if name:
                break


def _recordings(ports: Ports, page: list[_Entry]) -> list[Recording]:
    """By their numbers of the day. The index may lag: what was deleted just now is left out here."""
    found = [ports.recordings.get(entry.recording_id) for entry in page if entry.recording_id]
    there = [recording for recording in found if recording and recording.status is not RecordingStatus.TERMINATED]
    return sorted(there, key=lambda recording: recording.n)
