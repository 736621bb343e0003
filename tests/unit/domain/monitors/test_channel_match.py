import unicodedata

import pytest

from mntreamer.domain.errors import ChannelAmbiguous, NotFound
from mntreamer.domain.monitors.channel_match import match_channel
from mntreamer.domain.monitors.probe import Channel

EXACT = Channel("1" * 32, "예시스트리머")
SECOND = Channel("2" * 32, "예시스트리머_부계정")


def test_the_exact_name_wins_wherever_it_is_listed() -> None:
    assert match_channel("예시스트리머", [SECOND, EXACT]) == EXACT


def test_unicode_forms_do_not_matter() -> None:
    assert match_channel(unicodedata.normalize("NFD", "예시스트리머"), [EXACT]) == EXACT


def test_spaces_do_not_matter() -> None:
    assert match_channel(" two  words ", [Channel("1" * 32, "two words")]).channel_name == "two words"


def test_without_an_exact_name_the_candidates_are_offered() -> None:
    with pytest.raises(ChannelAmbiguous) as raised:
        match_channel("예시", [EXACT, SECOND])

    assert raised.value.candidates == (
        (EXACT.channel_id, EXACT.channel_name),
        (SECOND.channel_id, SECOND.channel_name),
    )


def test_of_several_with_the_name_only_those_are_offered() -> None:
    twin = Channel("3" * 32, EXACT.channel_name)

    with pytest.raises(ChannelAmbiguous) as raised:
        match_channel(EXACT.channel_name, [EXACT, SECOND, twin])

    assert [channel_id for channel_id, _ in raised.value.candidates] == [EXACT.channel_id, twin.channel_id]


def test_nothing_found_is_not_found() -> None:
    with pytest.raises(NotFound):
        match_channel("nobody", [])
