"""Errors that nobody raised on purpose, told without their text: a library's may quote a signed URL."""

import traceback
from pathlib import Path

from mntreamer.domain.errors import MntreamerError

UNEXPECTED = {"error": {"code": MntreamerError.code, "message": "this should not have happened; the log says where"}}


def kind_and_place(error: Exception) -> str:
    """The error's type and the lines that it came through."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = " > ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames)
    return f"{type(error).__name__} at {lines}"
