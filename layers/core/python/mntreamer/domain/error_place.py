"""What may be told of an error that nobody raised on purpose: a library's text may quote a signed URL."""

import traceback
from pathlib import Path


def kind_and_place(error: Exception) -> str:
    """The error's type and the lines that it came through, innermost last."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = " > ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames)
    return f"{type(error).__name__} at {lines}"
