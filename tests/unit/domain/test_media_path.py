import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mntreamer.domain.media_path import is_recording_prefix, recording_prefix, safe_name

DAY = date(2026, 11, 22)


def test_a_prefix_reads_as_platform_channel_day_and_number() -> None:
    prefix = recording_prefix("chzzk", "0123456789abcdef0123456789abcdef", "예시 스트리머", DAY, 2)

    assert prefix == "media/chzzk/예시_스트리머.3eb1bd43/2026/11/22/2/"


def test_a_prefix_is_one_recording_s_and_nothing_shorter_or_longer_is() -> None:
    prefix = recording_prefix("chzzk", "c1", "../예시 스트리머\n", DAY, 12)

    assert is_recording_prefix(prefix)
    for other in ("", "/", "media/", "media/chzzk/", prefix[:-1], prefix[:-4], prefix + "segments/", "x" + prefix):
        assert not is_recording_prefix(other)


def test_channels_of_one_name_have_different_prefixes() -> None:
    assert recording_prefix("chzzk", "a", "name", DAY, 1) != recording_prefix("chzzk", "b", "name", DAY, 1)


def test_one_name_in_two_unicode_forms_is_one_folder() -> None:
    assert safe_name(unicodedata.normalize("NFD", "예시")) == safe_name("예시")


@pytest.mark.parametrize("name", ["../../etc", "a/b", "a\\b", "CON:", "..", "", "\x00", "?#%", "a\nb"])
def test_no_name_leads_out_of_its_folder(name: str) -> None:
    assert not set(safe_name(name)) & set('/\\:*?"<>|#%\x00\n.')


@given(st.text(max_size=300))
def test_any_name_is_a_short_file_name(name: str) -> None:
    safe = safe_name(name)

    assert 1 <= len(safe.encode()) <= 96
    assert safe_name(safe) == safe
