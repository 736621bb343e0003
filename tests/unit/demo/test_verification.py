from dataclasses import replace

import pytest

from demo.decoding import Frames, Source
from demo.verification import Published, compare

PICTURES = [f"picture {number}" for number in range(6)]
SOUND = [f"sound {number}" for number in range(9)]
SOURCE = Source(Frames(PICTURES, SOUND), pictures={5000: 2, 5001: 2, 5002: 2})
GOOD = Published(segments=1, duration_s=6.05, ended=True, frames=Frames(list(PICTURES), list(SOUND)))


def complaints_about(published: Published) -> str:
    return "\n".join(compare(SOURCE, 6.0, published).complaints)


def test_the_same_frames_in_the_same_order_are_all_that_is_asked() -> None:
    verdict = compare(SOURCE, 6.0, GOOD)
    assert verdict.lost == ()
    assert verdict.complaints == ()


@pytest.mark.parametrize(("missing", "lost"), [([2], (5001,)), ([0, 1], (5000,)), ([0, 3, 5], (5000, 5001, 5002))])
def test_a_segment_is_lost_once_any_of_its_pictures_is_missing(missing: list[int], lost: tuple[int, ...]) -> None:
    kept = [picture for number, picture in enumerate(PICTURES) if number not in missing]
    verdict = compare(SOURCE, 6.0, replace(GOOD, frames=Frames(kept, SOUND)))
    assert verdict.lost == lost
    assert f"{len(missing)} missing" in verdict.complaints[0]


def test_pictures_in_another_order_are_found() -> None:
    swapped = [PICTURES[1], PICTURES[0], *PICTURES[2:]]
    assert "first difference at frame 0" in complaints_about(replace(GOOD, frames=Frames(swapped, SOUND)))


def test_a_picture_shown_twice_is_found() -> None:
    doubled = [*PICTURES, PICTURES[-1]]
    assert "7 are published" in complaints_about(replace(GOOD, frames=Frames(doubled, SOUND)))


def test_missing_and_foreign_sound_is_found() -> None:
    text = complaints_about(replace(GOOD, frames=Frames(PICTURES, [*SOUND[:-1], "noise"])))
    assert "sound: 9 frames were broadcast, 9 are published; 1 missing, 1 never broadcast" in text


def test_a_playlist_without_an_end_is_found() -> None:
    assert complaints_about(replace(GOOD, ended=False)) == "the playlist has no ENDLIST"


@pytest.mark.parametrize("duration_s", [5.89, 6.11])
def test_a_wrong_duration_is_found(duration_s: float) -> None:
    assert "the broadcast 6.000 s" in complaints_about(replace(GOOD, duration_s=duration_s))
