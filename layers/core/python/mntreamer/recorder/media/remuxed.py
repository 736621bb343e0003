"""What remuxing leads to: a segment with its facts, or the places where a bundle has to be split first."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from mntreamer.domain.errors import MntreamerError


@dataclass(frozen=True, slots=True)
class Remuxed:
    """The segment's bytes and, in seconds, the presentation times of its first and its last packet.

    `duration_s` is how long its picture lasts (or its sound, where there is none): from the first picture's
    presentation to the end of the last one; `durations_s` is the same of each source segment in it. `format` names
    codecs, picture size, sampling rate and channels; None where the bytes do not tell all of it.
    """

    body: bytes = field(repr=False)
    first_pts_s: float
    last_pts_s: float
    duration_s: float
    durations_s: tuple[float, ...]
    format: str | None


class Broken(MntreamerError):
    """The bundle does not go on as it begins: something new starts with the pieces `at`, counted from 0."""

    def __init__(self, at: Sequence[int]) -> None:
        super().__init__(f"timestamps jump or the coding changes before {[*at]}")
        self.at = tuple(at)
