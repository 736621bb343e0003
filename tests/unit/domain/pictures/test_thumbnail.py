import pytest

from mntreamer.domain.pictures.thumbnail import A_SHEET, SHEET_HEIGHT, SHEET_WIDTH, Thumbnail, fitted, number_at
from mntreamer.domain.playlists.source_playlist import SegmentName


def test_no_two_pictures_of_a_day_share_a_place_and_all_lie_within_their_sheet() -> None:
    day = [Thumbnail(SegmentName(0, number, number), number, 160, 90) for number in range(1440)]

    assert len({(picture.sheet, picture.left, picture.top) for picture in day}) == 1440
    assert max(picture.left + picture.width for picture in day) == SHEET_WIDTH
    assert max(picture.top + picture.height for picture in day) == SHEET_HEIGHT
    assert (day[0].sheet, day[A_SHEET - 1].sheet, day[A_SHEET].sheet, day[-1].sheet) == (1, 1, 2, 58)


@pytest.mark.parametrize("number", [0, 4, 5, 24, 25, 1439])
def test_a_place_tells_its_number(number: int) -> None:
    picture = Thumbnail(SegmentName(0, 0, 0), number, 160, 90)
    assert number_at(picture.sheet, picture.left, picture.top) == number


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        ((1920, 1080), (160, 90)),
        ((1080, 1920), (50, 90)),
        ((1024, 768), (120, 90)),
        ((3840, 800), (160, 34)),
        ((100, 60), (100, 60)),
        ((160_000, 90), (160, 2)),
    ],
)
def test_a_picture_keeps_its_shape_within_the_box(size: tuple[int, int], shown: tuple[int, int]) -> None:
    assert fitted(*size, 160, 90) == shown
