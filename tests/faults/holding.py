"""Which of a source's segments a recording holds, told by what can be decoded of it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tests.faults.broadcast import Entry
from tests.faults.fingerprints import Fingerprints
from tests.faults.row import Row
from tests.faults.takes import Container


@dataclass(frozen=True)
class Holding:
    """`lost` are those of which a picture or a packet of sound is missing, in order.

    `runs` are the segments of which each stored piece has pictures. `flaws` say what else is not as it was broadcast.
    """

    lost: tuple[Entry, ...]
    runs: tuple[tuple[Entry, ...], ...]
    flaws: tuple[str, ...]


def holding_of(row: Row, container: Container, contents: Sequence[Fingerprints]) -> Holding:
    """`contents`: what each stored piece decodes to, in the order in which they are played."""
    entries = row.kept_once
    pictures = _Kind("picture", [entry.piece(container).content.pictures for entry in entries])
    sound = _Kind("packet of sound", [entry.piece(container).content.sound for entry in entries])
    shown = [content.pictures for content in contents]
    heard = [content.sound for content in contents]
    lost = sorted(pictures.lacking(shown) | sound.lacking(heard))
    runs = tuple(tuple(entries[number] for number in pictures.numbers(piece)) for piece in shown)
    return Holding(tuple(entries[number] for number in lost), runs, (*pictures.flaws(shown), *sound.flaws(heard)))


class _Kind:
    """Pictures, or sound: `broadcast` has the digests of each source segment."""

    def __init__(self, name: str, broadcast: Sequence[Sequence[str]]) -> None:
        self._name = name
        self._broadcast = broadcast
        self._place = {
            digest: (number, offset) for number, own in enumerate(broadcast) for offset, digest in enumerate(own)
        }

    def lacking(self, pieces: Iterable[Sequence[str]]) -> set[int]:
        """The numbers of the source segments that are not wholly there."""
        there = {digest for piece in pieces for digest in piece}
        return {number for number, own in enumerate(self._broadcast) if not there.issuperset(own)}

    def numbers(self, piece: Sequence[str]) -> list[int]:
        """The numbers of the source segments in a piece, each once, in the order in which they come."""
        return list(dict.fromkeys(self._place[digest][0] for digest in piece if digest in self._place))

    def flaws(self, pieces: Sequence[Sequence[str]]) -> list[str]:
        digests = [digest for piece in pieces for digest in piece]
        foreign = sum(digest not in self._place for digest in digests)
        doubled = [digest for digest, times in Counter(digests).items() if times > 1 and digest in self._place]
        places = [self._place[digest] for digest in dict.fromkeys(digests) if digest in self._place]
        disordered = sum(after < before for before, after in pairwise(places))
        segments = sorted({self._place[digest][0] for digest in doubled})
        return [
            *([f"{foreign} times a {self._name} that was never broadcast"] if foreign else []),
            *([f"{len(doubled)} times a {self._name} more than once, of segments {segments}"] if doubled else []),
            *([f"{disordered} times a {self._name} out of order"] if disordered else []),
        ]
