"""What is taken of a stored segment: a small picture, and a larger one if asked for."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Picture:
    """The small one as it is, so that it can be put into any sheet; `poster` is a JPEG file.

    `planes`: the brightness of each pixel, then two colours of each four, in rows of `width` and of half of it. All
    are of 0 to 255 (ITU-R BT.601 in full range, as JPEG has them).
    """

    width: int
    height: int
    planes: tuple[bytes, bytes, bytes] = field(repr=False)
    poster: bytes | None = field(default=None, repr=False)


# With its left and its top in a sheet, in pixels.
Placed = tuple[int, int, Picture]
