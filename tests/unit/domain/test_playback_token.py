from datetime import UTC, datetime, timedelta

import pytest

from mntreamer.domain.edits import Span
from mntreamer.domain.errors import AccessDenied
from mntreamer.domain.playback_token import ClipClaim, Playable, playback_key, read_playback, sign_playback
from mntreamer.domain.source_playlist import SegmentName

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
KEY = playback_key("the api's token")
RECORDING = Playable("chzzk:c:1")
CLIP = Playable("chzzk:c:1", ClipClaim("c1", Span(SegmentName(0, 9, 11), SegmentName(1, 3, 5))))
TOKEN = sign_playback(RECORDING, NOW + timedelta(hours=1), KEY)
# As links were signed before there were clips.
OLD_TOKEN = "ctp_pngUJGAC42oWi9Kbo1siY2h6ems6YzoxIiwxNzk1MzUyNDAwXQ"


@pytest.mark.parametrize("playable", [RECORDING, CLIP])
def test_a_link_opens_what_it_was_made_for_until_it_expires(playable: Playable) -> None:
    token = sign_playback(playable, NOW + timedelta(hours=1), KEY)
    assert read_playback(token, NOW, KEY) == playable
    with pytest.raises(AccessDenied, match="expired"):
        read_playback(token, NOW + timedelta(hours=2), KEY)


def test_a_link_that_is_out_already_keeps_working() -> None:
    assert read_playback(OLD_TOKEN, NOW, KEY) == RECORDING


@pytest.mark.parametrize(
    ("name", "opens"),
    [
        (SegmentName(0, 9, 11), True),
        (SegmentName(0, 12, 14), True),
        (SegmentName(1, 0, 2), True),
        (SegmentName(1, 3, 5), True),
        (SegmentName(0, 6, 8), False),
        (SegmentName(0, 8, 11), False),  # holds one source segment more, at either end
        (SegmentName(1, 3, 6), False),
        (SegmentName(1, 6, 8), False),
        (SegmentName(2, 3, 5), False),
    ],
)
def test_a_clip_s_link_opens_the_segments_within_it(name: SegmentName, *, opens: bool) -> None:
    assert CLIP.opens(name) is opens
    assert RECORDING.opens(name)


def test_a_link_needs_no_escaping_in_a_path() -> None:
    assert set(TOKEN) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


@pytest.mark.parametrize("position", range(0, len(TOKEN) - 1, 5))
def test_a_changed_link_opens_nothing(position: int) -> None:
    other = "A" if TOKEN[position] != "A" else "B"
    with pytest.raises(AccessDenied):
        read_playback(TOKEN[:position] + other + TOKEN[position + 1 :], NOW, KEY)


@pytest.mark.parametrize("token", ["", "x", "../../etc/passwd", "한글", "====", "A" * 10_000])
def test_what_is_no_link_is_refused(token: str) -> None:
    with pytest.raises(AccessDenied):
        read_playback(token, NOW, KEY)


def test_a_new_api_token_ends_old_links() -> None:
    with pytest.raises(AccessDenied):
        read_playback(TOKEN, NOW, playback_key("another token"))
