"""The API's token on one machine: a file that only its owner can read."""

import os
import secrets
from pathlib import Path


def api_token(path: Path) -> str:
    """The token in the file; it is made at the first start."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(32) + "\n")
    return path.read_text().strip()
