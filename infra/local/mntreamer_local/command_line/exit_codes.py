"""What the command line ends with, so that scripts can tell why. Ctrl-C ends it with 130, as shells have it."""

from enum import IntEnum

from mntreamer.domain.errors import AccessDenied, MntreamerError, NotFound


class ExitCode(IntEnum):
    DONE = 0
    REFUSED = 1
    USAGE = 2
    UNREACHABLE = 3
    NOT_FOUND = 4
    NO_ENTRY = 5


def exit_code_of(error: MntreamerError) -> ExitCode:
    """That of a command which this error ended."""
    if isinstance(error, NotFound):
        return ExitCode.NOT_FOUND
    return ExitCode.NO_ENTRY if isinstance(error, AccessDenied) else ExitCode.REFUSED
