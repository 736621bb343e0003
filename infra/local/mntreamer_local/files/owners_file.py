"""A file with a secret in it, which its owner writes and nobody else can read."""

import os
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from mntreamer.domain.errors import BadInput

_OF_OTHERS = 0o077


@dataclass(frozen=True, slots=True)
class OwnersFile:
    content: bytes = field(repr=False)
    written_at: datetime


def read_owners_file(path: Path) -> OwnersFile | None:
    """None where there is no file. Raises BadInput where it cannot be read, and where others may open it, too."""
    try:
        with path.open("rb") as file:
            found = os.fstat(file.fileno())
            content = file.read()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}") from None
    if found.st_mode & _OF_OTHERS:
        raise BadInput(f"others can open {path}, which holds a secret: chmod 600 {path}")
    return OwnersFile(content, datetime.fromtimestamp(found.st_mtime, UTC))
