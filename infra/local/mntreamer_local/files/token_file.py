"""The API's token on one machine: a file that only its owner can read."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from mntreamer.domain.errors import SettingMissing


class TokenFile:
    """The token in the file, which is read again once it is another file: a new token counts at once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._held: tuple[os.stat_result, str] | None = None

    def current(self) -> str:
        """Raises SettingMissing as `api_token` does."""
        held = self._held
        if held is None or not self._is_still(held[0]):
            api_token(self._path)  # makes the file where there is none
            read_from = self._path.stat()  # before the text, so that what is replaced in between is read again
            held = self._held = read_from, api_token(self._path)
        return held[1]

    def _is_still(self, read: os.stat_result) -> bool:
        try:
            now = self._path.stat()
        except FileNotFoundError:
            return False
        return (now.st_ino, now.st_mtime_ns) == (read.st_ino, read.st_mtime_ns)


def api_token(path: Path) -> str:
    """The token in the file; it is made at the first start. Raises SettingMissing for a file without one."""
    if not path.exists():
        _make(path)
    token = path.read_text().strip()
    if not token:
        raise SettingMissing(f"{path} holds no token; delete the file and start again, which makes a new one")
    return token


def replace_token(path: Path) -> str:
    """A new token, in place of the one in the file if there is one."""
    with _written_beside(path) as file:
        second_name = f"{file}~"  # the first is taken away whatever happens
        os.link(file, second_name)
        Path(second_name).replace(path)
    return api_token(path)


def _make(path: Path) -> None:
    with _written_beside(path) as file, suppress(FileExistsError):  # another start was faster: its token is the token
        os.link(file, path)


@contextmanager
def _written_beside(path: Path) -> Iterator[str]:
    """A file with a new token, whole, to be linked to its place: no crash leaves half of one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile("w", dir=path.parent, prefix=".token-") as file:  # its mode is 600
        file.write(secrets.token_urlsafe(32) + "\n")
        file.flush()
        os.fsync(file.fileno())
        yield file.name
