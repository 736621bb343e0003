"""What may be told of an error: our own say it themselves, a library's text may quote a signed URL."""

import traceback
from pathlib import Path

from mntreamer.domain.errors import MntreamerError


def safe_text(error: Exception) -> str:
    """The text of an error of our family; of any other only its kind and place."""
    return str(error) if isinstance(error, MntreamerError) else kind_and_place(error)


def kind_and_place(error: Exception) -> str:
    """The error's type and the lines that it came through, innermost last."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = " > ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames)
    return f"{type(error).__name__} at {lines}"
