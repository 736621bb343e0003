"""The edits of a recording, by themselves: also where nothing is recorded yet, or nothing of it is left."""

from mntreamer.domain.media_path import EDITS
from mntreamer.domain.refining.edits import Edits
from mntreamer.domain.refining.edits_file import parse_edits
from mntreamer.ports import MediaStore


def read_edits(store: MediaStore, prefix: str) -> tuple[Edits, str | None]:
    """They, and the version that they were read in, None where there are none yet. Raises SourceError."""
    stored = store.get(prefix + EDITS)
    return (parse_edits(stored.body), stored.version) if stored else (Edits(), None)
