"""A small picture of one stored segment, and its place in the sheets that many of them share."""

from dataclasses import dataclass

from mntreamer.domain.playlists.source_playlist import SegmentName

BOX_WIDTH, BOX_HEIGHT = 160, 90
COLUMNS, ROWS = 5, 5
A_SHEET = COLUMNS * ROWS
SHEET_WIDTH, SHEET_HEIGHT = COLUMNS * BOX_WIDTH, ROWS * BOX_HEIGHT


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """`number` counts from 0 through all sheets; the picture lies in its box's upper left corner. In pixels."""

    segment: SegmentName
    number: int
    width: int
    height: int

    @property
    def sheet(self) -> int:
        """Counted from 1."""
        return self.number // A_SHEET + 1

    @property
    def left(self) -> int:
        return self.number % COLUMNS * BOX_WIDTH

    @property
    def top(self) -> int:
        return self.number % A_SHEET // COLUMNS * BOX_HEIGHT


def number_at(sheet: int, left: int, top: int) -> int:
    """The inverse of `sheet`, `left` and `top`."""
    return (sheet - 1) * A_SHEET + top // BOX_HEIGHT * COLUMNS + left // BOX_WIDTH


def sheet_file(sheet: int) -> str:
    """Its name below `thumbnails/`."""
    return f"{sheet:04d}.jpg"


def fitted(width: int, height: int, box_width: int, box_height: int) -> tuple[int, int]:
    """The largest size of this shape within the box, in even pixels, as colours are stored for two by two.

    A picture is not enlarged.
    """
    scale = min(box_width / width, box_height / height, 1.0)
    return _even(width * scale), _even(height * scale)


def _even(pixels: float) -> int:
    return max(2, round(pixels / 2) * 2)
