"""A link that was shared plays for whoever has it, in a browser and in FFmpeg, until it is revoked."""

from collections.abc import Callable

import av
import pytest
import requests
from playwright.sync_api import Browser

from tests.faults.fingerprints import fingerprints_of
from tests.faults.takes import SEGMENT_S
from tests.playback.growing import Growing
from tests.playback.viewer import watching

pytestmark = [pytest.mark.xdist_group("playback"), pytest.mark.timeout(110)]

New = Callable[[], Growing]
SEGMENTS, PICTURES = 6, 30  # of each segment


@pytest.fixture
def recording(new: New) -> Growing:
    """That has ended, with its third segment cut out."""
    recorded = new()
    recorded.grow(SEGMENTS)
    recorded.end()
    recorded.cut(2 * SEGMENT_S, 3 * SEGMENT_S)
    return recorded


def test_it_plays_without_a_token_and_without_what_is_cut_out(recording: Growing) -> None:
    _, url = recording.share()

    assert len(fingerprints_of(url).pictures) == (SEGMENTS - 1) * PICTURES


def test_it_plays_in_a_browser_on_a_page_of_anybody(recording: Growing, browser: Browser, pages_url: str) -> None:
    _, url = recording.share()
    with watching(browser, pages_url, url) as viewer:
        seen = viewer.wait_for_the_end()

    assert (seen.ended, seen.fatal) == (True, None)
    assert seen.duration_s == pytest.approx((SEGMENTS - 1) * SEGMENT_S, abs=0.5)


def test_while_it_is_recorded_nothing_is_told_of_what_is_cut_out(new: New) -> None:
    recorded = new()
    recorded.grow(2)
    recorded.becomes("a slip", at_s=2 * SEGMENT_S)
    recorded.grow(1)
    recorded.becomes("on with it", at_s=3 * SEGMENT_S)
    recorded.grow(1)
    recorded.cut(2 * SEGMENT_S, 3 * SEGMENT_S)
    _, url = recorded.share()

    playlist = requests.get(url, timeout=30).text

    assert "EXT-X-GAP" in playlist
    assert "on with it" in playlist
    assert "a slip" not in playlist


def test_once_revoked_it_plays_nowhere(recording: Growing, browser: Browser, pages_url: str) -> None:
    share_id, url = recording.share()
    recording.revoke(share_id)

    assert requests.get(url, timeout=30).status_code == 410
    with pytest.raises(av.FFmpegError):
        fingerprints_of(url)
    with watching(browser, pages_url, url) as viewer:
        assert viewer.wait_for_the_end().fatal
