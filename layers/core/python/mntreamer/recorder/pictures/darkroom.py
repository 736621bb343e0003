"""Pictures, and sheets of them, made where a crash takes nothing else down."""

from collections.abc import Iterable

from mntreamer.domain.pictures.thumbnail import Thumbnail
from mntreamer.recorder.child.picture_messages import picture_in, request_for_picture, request_for_sheet, sheet_in
from mntreamer.recorder.child.remuxer import Remuxer
from mntreamer.recorder.media.picture import Picture


def taken(remuxer: Remuxer, segment: bytes, *, with_poster: bool) -> Picture:
    """The first picture of a stored segment, of which the beginning is enough.

    Raises SourceError where there is none that can be decoded, OSError where nothing can be made just now.
    """
    return picture_in(remuxer.ask_once(request_for_picture(segment, with_poster=with_poster)))


def drawn(remuxer: Remuxer, pictures: Iterable[tuple[Thumbnail, Picture]]) -> bytes:
    """The sheet that they are on, as a JPEG file. Raises as `taken` does."""
    placed = [(thumbnail.left, thumbnail.top, picture) for thumbnail, picture in pictures]
    return sheet_in(remuxer.ask_once(request_for_sheet(placed)))
