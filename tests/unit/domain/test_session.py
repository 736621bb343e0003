from datetime import UTC, datetime, timedelta

import pytest

from mntreamer.domain.playback_token import Playable, playback_key, sign_playback
from mntreamer.domain.session import LIFE, begin_session, session_end, session_key

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
KEY = session_key("the api's token")
SESSION, ENDS_AT = begin_session(NOW, KEY)


def test_a_session_is_good_until_its_end() -> None:
    assert ENDS_AT == NOW + LIFE
    assert session_end(SESSION, ENDS_AT - timedelta(seconds=1), KEY) == ENDS_AT
    assert session_end(SESSION, ENDS_AT, KEY) is None


def test_a_new_api_token_ends_it() -> None:
    assert session_end(SESSION, NOW, session_key("another token")) is None


def test_a_playback_link_is_no_session_and_a_session_no_link() -> None:
    link = sign_playback(Playable("chzzk:c:1"), NOW + LIFE, playback_key("the api's token"))
    assert session_end(link, NOW, KEY) is None


@pytest.mark.parametrize("position", range(0, len(SESSION) - 1, 3))
def test_a_changed_one_is_none(position: int) -> None:
    other = "A" if SESSION[position] != "A" else "B"
    assert session_end(SESSION[:position] + other + SESSION[position + 1 :], NOW, KEY) is None


@pytest.mark.parametrize("text", ["", "x", "한글", "====", "A" * 10_000, "\ud800"])
def test_what_is_no_session_is_none(text: str) -> None:
    assert session_end(text, NOW, KEY) is None
