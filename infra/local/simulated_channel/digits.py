"""Large digits for a picture, in a font of 5 x 7 dots."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]

_DOTS = {
    "0": ".###. #...# #..## #.#.# ##..# #...# .###.",
    "1": "..#.. .##.. ..#.. ..#.. ..#.. ..#.. .###.",
    "2": ".###. #...# ....# ...#. ..#.. .#... #####",
    "3": ".###. #...# ....# ..##. ....# #...# .###.",
    "4": "...#. ..##. .#.#. #..#. ##### ...#. ...#.",
    "5": "##### #.... ####. ....# ....# #...# .###.",
    "6": ".###. #.... #.... ####. #...# #...# .###.",
    "7": "##### ....# ...#. ..#.. .#... .#... .#...",
    "8": ".###. #...# #...# .###. #...# #...# .###.",
    "9": ".###. #...# #...# .#### ....# ....# .###.",
    ":": "..... ..#.. ..#.. ..... ..#.. ..#.. .....",
    ".": "..... ..... ..... ..... ..... ..##. ..##.",
}


def mask_of(text: str, dot_pixels: int) -> Mask:
    """Which pixels the text covers, with one empty column of dots between two characters."""
    gap = np.zeros((7 * dot_pixels, dot_pixels), bool)
    columns = [part for character in text for part in (_glyph(character, dot_pixels), gap)]
    return np.hstack(columns[:-1])


@cache
def _glyph(character: str, dot_pixels: int) -> Mask:
    dots = np.array([[dot == "#" for dot in row] for row in _DOTS[character].split()])
    return np.kron(dots, np.ones((dot_pixels, dot_pixels), bool))
