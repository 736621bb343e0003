"""The API's token on one machine: a file that only its owner can read."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from mntreamer.domain.errors import SettingMissing


def api_token(path: Path) -> str:
    """The token in the file; it is made at the first start. Raises SettingMissing for a file without one."""
    if not path.exists():
        _make(path)
    token = path.read_text().strip()
    if not token:
        raise SettingMissing(f"{path} holds no token; delete the file and start again, which makes a new one")
    return token


def _make(path: Path) -> None:
    """Write the token beside its place and link it there whole: no crash leaves half of one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile("w", dir=path.parent, prefix=".token-") as file:  # its mode is 600
        file.write(secrets.token_urlsafe(32) + "\n")
        file.flush()
        os.fsync(file.fileno())
        with suppress(FileExistsError):  # another start was faster: its token is the token
            os.link(file.name, path)
