"""The library: recordings in folders as their prefixes say, `chzzk/<channel>/2026/11/22`."""

import unicodedata
from dataclasses import dataclass

from mntreamer.domain.media_path import MEDIA


@dataclass(frozen=True, slots=True)
class Shelved:
    """Where a recording stands."""

    prefix: str
    recording_id: str


def prefix_of(path: str) -> str:
    """What all below a folder begins with: `media/chzzk/` of `chzzk`."""
    folders = unicodedata.normalize("NFC", path).strip("/")
    return f"{MEDIA}{folders}/" if folders else MEDIA


def path_of(prefix: str) -> str:
    """The inverse."""
    return prefix.removeprefix(MEDIA).rstrip("/")


def folder_in(under: str, prefix: str) -> str | None:
    """Which folder right below `under` the prefix lies in; None for one that is right below itself."""
    name, _, inside = prefix.removeprefix(under).partition("/")
    return name if inside else None


def behind_folder(under: str, name: str) -> str:
    """What sorts behind all that the folder holds, and before all else that comes later: "0" follows "/"."""
    return f"{under}{name}0"
