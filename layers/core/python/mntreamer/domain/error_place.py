"""What may be told of an error: our own say it themselves, a library's text may quote a signed URL."""

import traceback
from pathlib import Path

from mntreamer.domain.errors import MntreamerError
from mntreamer.domain.problem_code import ProblemCode
from mntreamer.domain.reason import Reason

_CODES = frozenset(map(str, ProblemCode))


def safe_text(error: Exception) -> Reason:
    """The text of an error of our family, or the reason that it was raised with; of any other only kind and place."""
    if not isinstance(error, MntreamerError):
        return Reason(kind_and_place(error), ProblemCode.ERROR)
    told = error.args[0] if error.args else ""
    if isinstance(told, Reason):
        return told
    return Reason(str(error), error.code if error.code in _CODES else ProblemCode.ERROR)


def kind_and_place(error: Exception) -> str:
    """The error's type and the lines that it came through, innermost last."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = " > ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames)
    return f"{type(error).__name__} at {lines}"
