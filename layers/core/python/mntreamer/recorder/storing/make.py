"""A bundle becomes stored segments; what of it cannot be read is named as lost, and its bytes are handed on."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from mntreamer.domain.error_place import safe_text
from mntreamer.domain.errors import NotPlayable, SourceError
from mntreamer.domain.playlists.source_playlist import SegmentName
from mntreamer.domain.reason import Reason
from mntreamer.domain.recordings.loss import Cause, Loss
from mntreamer.domain.segments.bundling import Bundle
from mntreamer.domain.segments.stored_segment import StoredSegment
from mntreamer.recorder.child.remuxer import Remuxer
from mntreamer.recorder.media.remuxed import Broken, Remuxed

# Sources round what they list, and lag by the odd picture; a source segment that is farther off is not whole.
_ROUNDED_S = 0.5
_LONGEST_SHARE = 2
_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Part:
    """A segment to be stored, and its bytes."""

    segment: StoredSegment
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Damaged:
    """A source segment that cannot be read, as it came: its initialisation section, if it has one, and its body."""

    name: SegmentName
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Made:
    """What a bundle has become, in order. Where it shows that the stream is not one to record, `refusal` says why."""

    parts: tuple[Part, ...]
    losses: tuple[Loss, ...]
    damaged: tuple[Damaged, ...]
    refusal: Reason | None = None


@dataclass(frozen=True, slots=True)
class _Unreadable:
    bundle: Bundle
    error: SourceError | NotPlayable

    @property
    def losses(self) -> list[Loss]:
        return self.bundle.losses(Cause.DAMAGED, str(self.error))

    @property
    def damaged(self) -> Damaged:
        piece = self.bundle.pieces[0]
        return Damaged(self.bundle.name, piece.init + piece.body)


def make(bundle: Bundle, remuxer: Remuxer) -> Made:
    """Usually one part. It is split where timestamps jump or the coding changes, and the rest is discontinuous.

    Where it cannot be read as a whole, each source segment that can be read becomes a part of its own; the others
    are lost. A source segment that is shorter than it is listed is kept all the same: it is too late to fetch it
    anew, and what there is of it plays. Raises OSError where nothing can be remuxed just now.

    A stream is refused only where all of the bundle speaks for it: damage can look like another codec.
    """
    results = list(_results(bundle, remuxer))
    unreadable = [result for result in results if isinstance(result, _Unreadable)]
    if all(isinstance(result.error, NotPlayable) for result in unreadable) and len(unreadable) == len(results):
        return Made((), (), (), safe_text(unreadable[0].error))
    return Made(
        tuple(result for result in results if isinstance(result, Part)),
        tuple(loss for result in unreadable for loss in result.losses),
        tuple(result.damaged for result in unreadable),
    )


def _results(bundle: Bundle, remuxer: Remuxer) -> Iterator[Part | _Unreadable]:
    try:
        yield _part(bundle, remuxer.remux(bundle.pieces[0].init, [piece.body for piece in bundle.pieces]))
    except Broken as broken:
        _logger.info("%s is split: %s", bundle.name.file, broken)
        for run in _runs(bundle, broken.at):
            yield from _results(run, remuxer)
    except (SourceError, NotPlayable) as error:
        _logger.warning("%s cannot be made: %s", bundle.name.file, error)
        if len(bundle.pieces) == 1:
            yield _Unreadable(bundle, error)
        else:
            for single in bundle.singles():
                yield from _results(single, remuxer)


def _runs(bundle: Bundle, at: Sequence[int]) -> Iterator[Bundle]:
    """The bundle, cut before the pieces `at`, where it breaks."""
    for position, part in enumerate(bundle.cut(at)):
        yield replace(part, discontinuity=bundle.discontinuity or position > 0)


def _part(bundle: Bundle, remuxed: Remuxed) -> Part:
    first = bundle.pieces[0]
    _note_lengths(bundle, remuxed)
    segment = StoredSegment(
        name=bundle.name,
        duration_s=_duration_s(bundle, remuxed),
        program_date_time=first.segment.program_date_time,
        discontinuity=bundle.discontinuity,
        first_pts_s=remuxed.first_pts_s,
        last_pts_s=remuxed.last_pts_s,
        init_digest=first.init_digest,
        size_bytes=len(remuxed.body),
        format=remuxed.format,
    )
    return Part(segment, remuxed.body)


def _note_lengths(bundle: Bundle, remuxed: Remuxed) -> None:
    for piece, lasts_s in zip(bundle.pieces, remuxed.durations_s, strict=True):
        listed = piece.segment
        if abs(lasts_s - listed.duration_s) > _ROUNDED_S:
            told = listed.sequence, lasts_s, listed.duration_s
            _logger.warning("source segment %d lasts %.3f s and is listed with %.3f s", *told)


def _duration_s(bundle: Bundle, remuxed: Remuxed) -> float:
    """How long its entry lasts: until the next one's first picture, which players hold us to.

    That is the media's own duration, with what is missing at the end of its last source segment: timestamps go on
    after it all the same. Where it lasts far longer than it is listed there is a hole within, and it is not believed.
    """
    listed_s = [piece.segment.duration_s for piece in bundle.pieces]
    missing_s = listed_s[-1] - remuxed.durations_s[-1]
    lasts_s = remuxed.duration_s + (missing_s if missing_s > _ROUNDED_S else 0.0)
    longest_s = _LONGEST_SHARE * sum(listed_s) + _ROUNDED_S * len(listed_s)
    return lasts_s if lasts_s <= longest_s else sum(listed_s)
