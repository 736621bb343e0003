from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from simulated_channel.digits import mask_of
from simulated_channel.picture import HEIGHT, WIDTH, picture
from simulated_channel.sound import SAMPLE_RATE, sound

MOMENT = datetime(2026, 11, 22, 9, 30, 0, tzinfo=UTC)


def test_a_digit_is_drawn_dot_by_dot() -> None:
    mask = mask_of("1", dot_pixels=2)
    assert mask.shape == (14, 10)
    assert mask[:2].sum() == 4
    assert mask[-2:].sum() == 12


def test_two_characters_stand_one_column_apart() -> None:
    assert mask_of("10", dot_pixels=1).shape == (7, 11)
    assert not mask_of("10", dot_pixels=1)[:, 5].any()


@pytest.mark.parametrize("text", ["12:34:56.78", "000123"])
def test_the_texts_that_are_shown_fit(text: str) -> None:
    assert mask_of(text, dot_pixels=8).shape[1] <= WIDTH


def test_a_picture_has_the_planes_of_yuv420p() -> None:
    assert picture(0, MOMENT).shape == (HEIGHT * 3 // 2, WIDTH)
    assert picture(0, MOMENT).dtype == np.uint8


def test_each_picture_differs_from_the_next_in_counter_clock_and_place() -> None:
    first = picture(7, MOMENT)
    assert (first != picture(8, MOMENT)).any()
    assert (first != picture(7, MOMENT + timedelta(milliseconds=10))).any()
    assert (first[300:332] != picture(8, MOMENT)[300:332]).any()


def test_the_sound_goes_on_where_it_was() -> None:
    whole = sound(0, 2048)
    assert whole.shape == (2, 2048)
    assert np.array_equal(np.hstack([sound(0, 1024), sound(1024, 1024)]), whole)


def test_each_second_begins_with_a_beep() -> None:
    beep, rest = sound(3 * SAMPLE_RATE, 4800), sound(3 * SAMPLE_RATE + 4800, 4800)
    assert np.abs(beep).max() > 2 * np.abs(rest).max() > 0
