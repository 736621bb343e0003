"""What is told of an error, and by which code."""

import pytest

from mntreamer.domain.error_place import safe_text
from mntreamer.domain.errors import (
    LaunchFailed,
    LeaseLost,
    NotPlayable,
    PlatformBlocked,
    PlatformClosed,
    PlatformUnavailable,
    SourceError,
    StoreFull,
)
from mntreamer.domain.problem_code import ProblemCode
from mntreamer.domain.reason import Reason


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (LaunchFailed("no capacity"), ProblemCode.LAUNCH_FAILED),
        (NotPlayable("no capacity"), ProblemCode.NOT_PLAYABLE),
        (PlatformBlocked("no capacity", 60.0), ProblemCode.PLATFORM_BLOCKED),
        (PlatformUnavailable("no capacity"), ProblemCode.PLATFORM_UNAVAILABLE),
        (SourceError("no capacity"), ProblemCode.SOURCE_ERROR),
        (StoreFull("no capacity"), ProblemCode.STORE_FULL),
        (LeaseLost("no capacity"), ProblemCode.ERROR),
    ],
)
def test_an_error_of_our_own_has_its_text_and_its_kind(error: Exception, code: ProblemCode) -> None:
    told = safe_text(error)
    assert (told, told.code) == ("no capacity", code)


def test_what_it_was_raised_with_says_more_than_its_kind() -> None:
    why = Reason("HTTP 429; not before noon", ProblemCode.PLATFORM_CLOSED, until="noon")
    assert safe_text(PlatformClosed(why, 60.0)) is why
    assert str(PlatformClosed(why, 60.0)) == why


def test_of_any_other_error_no_text_is_told() -> None:
    told = safe_text(OSError("https://secret"))
    assert "secret" not in told
    assert (told.split()[0], told.code) == ("OSError", ProblemCode.ERROR)
