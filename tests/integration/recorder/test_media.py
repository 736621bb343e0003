"""The tests' own media."""

import os

import pytest

from tests.integration.recorder.media import Coding, source_of

_PICTURES = ["libx264", "libx265", "libsvtav1", "libvpx-vp9"]


@pytest.mark.parametrize("picture", _PICTURES)
def test_an_encoder_leaves_the_tests_as_urgent_as_they_were(picture: str) -> None:
    """A browser that is real-time, with its driver, leaves nothing of two cores to the server that it waits for."""
    source_of(Coding(picture, is_fmp4=True))

    assert os.sched_getscheduler(0) == os.SCHED_OTHER
