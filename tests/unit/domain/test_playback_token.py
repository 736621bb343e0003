from datetime import UTC, datetime, timedelta

import pytest

from mntreamer.domain.errors import AccessDenied, Gone
from mntreamer.domain.playback_token import Playable, playback_key, read_playback, sign_playback

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
KEY = playback_key("the api's token")
RECORDING = Playable("chzzk:c:1")
CLIP = Playable("chzzk:c:1", "c1")
SHARE = Playable("chzzk:c:1", None, "s1")
SHARED_CLIP = Playable("chzzk:c:1", "c1", "s1")
TOKEN = sign_playback(RECORDING, NOW + timedelta(hours=1), KEY)
# As links were signed before there were clips.
OLD_TOKEN = "ctp_pngUJGAC42oWi9Kbo1siY2h6ems6YzoxIiwxNzk1MzUyNDAwXQ"


@pytest.mark.parametrize("playable", [RECORDING, CLIP, SHARE, SHARED_CLIP])
def test_a_link_opens_what_it_was_made_for_until_it_expires(playable: Playable) -> None:
    token = sign_playback(playable, NOW + timedelta(hours=1), KEY)
    assert read_playback(token, NOW, KEY) == playable
    with pytest.raises(Gone, match="expired"):
        read_playback(token, NOW + timedelta(hours=2), KEY)


def test_a_link_that_is_out_already_keeps_working() -> None:
    assert read_playback(OLD_TOKEN, NOW, KEY) == RECORDING


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
