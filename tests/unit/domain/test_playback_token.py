from datetime import UTC, datetime, timedelta

import pytest

from mntreamer.domain.errors import AccessDenied
from mntreamer.domain.playback_token import playback_key, read_playback, sign_playback

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
KEY = playback_key("the api's token")
TOKEN = sign_playback("chzzk:c:1", NOW + timedelta(hours=1), KEY)


def test_a_link_opens_its_recording_until_it_expires() -> None:
    assert read_playback(TOKEN, NOW, KEY) == "chzzk:c:1"
    with pytest.raises(AccessDenied, match="expired"):
        read_playback(TOKEN, NOW + timedelta(hours=2), KEY)


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
