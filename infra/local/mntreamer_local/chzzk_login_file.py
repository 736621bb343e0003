"""The CHZZK login on one machine: a file that only its owner can read, read anew for every use."""

import os
from datetime import UTC, datetime
from pathlib import Path

from mntreamer.domain.errors import BadInput
from mntreamer.platforms.chzzk_login import ChzzkLogin, login_in

_OF_OTHERS = 0o077


class ChzzkLoginFile:
    """The file at this path as a source of logins."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __call__(self) -> ChzzkLogin | None:
        """None where there is no file. Raises BadInput where others may open it too, and where no login is in it."""
        try:
            with self._path.open("rb") as file:
                found = os.fstat(file.fileno())
                text = file.read()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise BadInput(f"{self._path} cannot be read: {error.strerror}") from None
        if found.st_mode & _OF_OTHERS:
            raise BadInput(f"others can open the login in {self._path}, which is a password: chmod 600 {self._path}")
        return login_in(text, str(self._path), datetime.fromtimestamp(found.st_mtime, UTC))
