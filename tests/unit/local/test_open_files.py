import resource
from collections.abc import Iterator

import pytest

from mntreamer_local.files.open_files import allow_many_open_files


@pytest.fixture
def hard() -> Iterator[int]:
    """What this process may have at the most; it has the usual limit of 1024 meanwhile."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (1024, before[1]))
    yield before[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


def test_a_low_limit_is_raised_as_far_as_it_may_be(hard: int) -> None:
    allow_many_open_files()
    enough = 10_240 if hard == resource.RLIM_INFINITY else min(10_240, hard)
    assert resource.getrlimit(resource.RLIMIT_NOFILE) == (enough, hard)


def test_a_high_limit_is_left_alone(hard: int) -> None:
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    allow_many_open_files()
    assert resource.getrlimit(resource.RLIMIT_NOFILE) == (hard, hard)
