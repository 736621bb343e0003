"""A recording and its cuts as a plain list: what the published playlist must say, written down without its code."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

BEGIN = datetime(2026, 11, 22, 3, 0, 0, tzinfo=UTC)


@dataclass
class Piece:
    """One segment; `date` where the source tells it."""

    uri: str
    length_us: int
    is_discontinuous: bool
    date: datetime | None
    cut_by: set[str] = field(default_factory=set)

    @property
    def entry(self) -> str:
        tag = "#EXT-X-DISCONTINUITY\n" if self.is_discontinuous else ""
        date = f"#EXT-X-PROGRAM-DATE-TIME:{self.date:%Y-%m-%dT%H:%M:%S}.000Z\n" if self.date else ""
        return f"{tag}{date}#EXTINF:{self.length_us / 1e6:.6f},\n{self.uri}\n"


@dataclass
class PlainRecording:
    pieces: list[Piece] = field(default_factory=list)
    ended: bool = False

    def grow(self, length_us: int, *, is_discontinuous: bool, is_dated: bool) -> None:
        number = len(self.pieces)
        uri = f"segments/000-{3 * number:010d}-{3 * number + 2:010d}.ts"
        date = BEGIN + timedelta(seconds=7 * number) if is_dated else None
        self.pieces.append(Piece(uri, length_us, is_discontinuous, date))

    @property
    def source(self) -> str:
        head = "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:9\n#EXT-X-MEDIA-SEQUENCE:0\n"
        return head + "".join(piece.entry for piece in self.pieces) + ("#EXT-X-ENDLIST\n" if self.ended else "")

    @property
    def played(self) -> list[Piece]:
        """What has a place on the published timeline, in order."""
        return [piece for piece in self.pieces if not (self.ended and piece.cut_by)]

    @property
    def listed_live(self) -> list[Piece]:
        """What those who watch live are given: all, but what is cut at the end of all."""
        last = max((number for number, piece in enumerate(self.pieces) if not piece.cut_by), default=-1)
        return self.pieces[: last + 1] if self.ended else self.pieces

    def duration_us(self, line: str) -> int:
        return sum(piece.length_us for piece in self._on(line))

    def starting_in(self, begin_us: int, end_us: int, line: str) -> list[Piece]:
        found, at_us = [], 0
        for piece in self._on(line):
            if begin_us <= at_us < end_us:
                found.append(piece)
            at_us += piece.length_us
        return found

    def cut(self, cut_id: str, found: list[Piece]) -> list[Piece]:
        """Cut from the first to the last of these; what that removed."""
        covered = self.pieces[self.pieces.index(found[0]) : self.pieces.index(found[-1]) + 1]
        removed = [piece for piece in covered if not piece.cut_by]
        for piece in covered:
            piece.cut_by.add(cut_id)
        return removed

    def undo(self, cut_id: str) -> None:
        for piece in self.pieces:
            piece.cut_by.discard(cut_id)

    def _on(self, line: str) -> list[Piece]:
        return self.pieces if line == "source" else self.played
