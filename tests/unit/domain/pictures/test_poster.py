import pytest

from mntreamer.domain.pictures.poster import Poster, has_something_to_see, is_wanted, should_replace
from mntreamer.domain.playlists.source_playlist import SegmentName

FIRST, SECOND = SegmentName(0, 0, 2), SegmentName(0, 30, 32)


def _halves(dark: int, bright: int) -> bytes:
    return bytes([dark]) * 7200 + bytes([bright]) * 7200


@pytest.mark.parametrize("luma", [_halves(60, 200), _halves(16, 90), _halves(120, 150)], ids=["day", "night", "fog"])
def test_a_scene_is_something_to_see(luma: bytes) -> None:
    assert has_something_to_see(luma)


@pytest.mark.parametrize(
    "luma",
    [_halves(16, 16), _halves(0, 30), _halves(235, 255), _halves(126, 130)],
    ids=["black", "dark", "white", "grey"],
)
def test_a_blank_or_dark_card_is_not(luma: bytes) -> None:
    assert not has_something_to_see(luma)


@pytest.mark.parametrize(
    ("stands", "candidate"),
    [
        (None, Poster(FIRST, is_good=False)),
        (None, Poster(FIRST, is_good=True)),
        (Poster(FIRST, is_good=False), Poster(SECOND, is_good=True)),
    ],
)
def test_the_first_picture_stands_until_the_first_good_one(stands: Poster | None, candidate: Poster) -> None:
    assert is_wanted(stands)
    assert should_replace(stands, candidate)


@pytest.mark.parametrize("candidate", [Poster(SECOND, is_good=False), Poster(SECOND, is_good=True)])
def test_a_good_one_stands_for_good(candidate: Poster) -> None:
    assert not is_wanted(Poster(FIRST, is_good=True))
    assert not should_replace(Poster(FIRST, is_good=True), candidate)


def test_a_dark_one_does_not_give_way_to_another() -> None:
    assert not should_replace(Poster(FIRST, is_good=False), Poster(SECOND, is_good=False))
