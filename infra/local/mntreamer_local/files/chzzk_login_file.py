"""The CHZZK login on one machine: a file that only its owner can read, read anew for every use."""

from pathlib import Path

from mntreamer.platforms.chzzk_login import ChzzkLogin, login_in
from mntreamer_local.files.owners_file import read_owners_file


class ChzzkLoginFile:
    """The file at this path as a source of logins."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __call__(self) -> ChzzkLogin | None:
        """None where there is no file. Raises BadInput where others may open it too, and where no login is in it."""
        found = read_owners_file(self._path)
        return login_in(found.content, str(self._path), found.written_at) if found else None
