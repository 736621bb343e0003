"""What the recorder and the remuxer's child say to each other of pictures, in messages as `remux_messages` has them.

A request for a picture is `PICTURE`, whether a poster is wanted, and the beginning of a stored segment; one for a
sheet is `SHEET` and, for each picture in it, its place and its planes. Answers are JSON objects of facts, and bytes.
"""

import json
from collections.abc import Sequence

from mntreamer.domain.errors import SourceError
from mntreamer.recorder.media.picture import Picture, Placed

PICTURE, SHEET = b"picture", b"sheet"
_POSTER, _NO_POSTER = b"poster", b""
_A_PICTURE = 4


def request_for_picture(segment: bytes, *, with_poster: bool) -> list[bytes]:
    return [PICTURE, _POSTER if with_poster else _NO_POSTER, segment]


def picture_wanted(parts: Sequence[bytes]) -> tuple[bytes, bool]:
    """The inverse: the segment, and whether a poster is wanted."""
    return parts[1], parts[0] == _POSTER


def request_for_sheet(placed: Sequence[Placed]) -> list[bytes]:
    """Pictures with their left and their top in the sheet, in pixels."""
    return [SHEET, *(part for left, top, picture in placed for part in _parts(left, top, picture))]


def sheet_wanted(parts: Sequence[bytes]) -> list[Placed]:
    """The inverse of `request_for_sheet`."""
    return [_placed(parts[at : at + _A_PICTURE]) for at in range(0, len(parts), _A_PICTURE)]


def answer_of_picture(picture: Picture) -> list[bytes]:
    return [*_parts(0, 0, picture), picture.poster or b""]


def picture_in(answer: Sequence[bytes]) -> Picture:
    """The inverse of `answer_of_picture`. Raises SourceError for a `fault`."""
    facts = _facts(answer)
    return Picture(facts["width"], facts["height"], (answer[1], answer[2], answer[3]), answer[4] or None)


def answer_of_sheet(jpeg: bytes) -> list[bytes]:
    return [b"{}", jpeg]


def sheet_in(answer: Sequence[bytes]) -> bytes:
    """The inverse of `answer_of_sheet`. Raises SourceError for a `fault`."""
    _facts(answer)
    return answer[1]


def fault(error: SourceError) -> list[bytes]:
    return [json.dumps({"fault": str(error)}).encode()]


def _facts(answer: Sequence[bytes]) -> dict[str, int]:
    facts = json.loads(answer[0])
    if "fault" in facts:
        raise SourceError(facts["fault"])
    return dict(facts)


def _parts(left: int, top: int, picture: Picture) -> list[bytes]:
    facts = {"left": left, "top": top, "width": picture.width, "height": picture.height}
    return [json.dumps(facts).encode(), *picture.planes]


def _placed(parts: Sequence[bytes]) -> Placed:
    facts = json.loads(parts[0])
    return facts["left"], facts["top"], Picture(facts["width"], facts["height"], (parts[1], parts[2], parts[3]))
